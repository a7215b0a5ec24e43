// A browser that blocks new windows: window.open gives nothing, as Chromium's own blocker does.
window.open = () => null;
