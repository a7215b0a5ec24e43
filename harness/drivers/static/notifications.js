// Stands in for the browser's notifications: headless Chromium cannot show its prompt. The agent's
// choice ("granted" or "denied") is given as CHOICE; what was asked and shown is kept for the hands.
(() => {
  const choice = "CHOICE";
  const key = "homolog.notifications";
  const seen = { asked: 0, shown: [] };
  let memory = null;
  const recall = () => {
    try { return window.localStorage.getItem(key) || memory || "default"; } catch { return memory || "default"; }
  };
  const decide = () => {
    memory = choice;
    try { window.localStorage.setItem(key, choice); } catch { /* no storage here: this page only */ }
    return choice;
  };
  const show = (title, options) => {
    if (recall() === "granted") seen.shown.push({ title: String(title), body: String(options?.body ?? "") });
  };
  class Notification extends EventTarget {
    constructor(title, options) {
      super();
      this.title = title;
      Object.assign(this, options);
      show(title, options);
    }
    close() {}
    static get permission() { return recall(); }
    static get maxActions() { return 2; }
    static requestPermission(callback) {
      seen.asked += 1;
      const answer = decide();
      if (callback) callback(answer);
      return Promise.resolve(answer);
    }
  }
  window.Notification = Notification;
  window.__homologNotifications = () => ({ asked: seen.asked > 0, permission: recall(), shown: seen.shown });
  if (window.ServiceWorkerRegistration) {
    ServiceWorkerRegistration.prototype.showNotification = async (title, options) => show(title, options);
  }
  const query = navigator.permissions?.query?.bind(navigator.permissions);
  if (query) {
    navigator.permissions.query = async (wish) => {
      if (wish?.name !== "notifications") return query(wish);
      const state = recall() === "default" ? "prompt" : recall();
      return Object.assign(new EventTarget(), { state, status: state, onchange: null });
    };
  }
})();
