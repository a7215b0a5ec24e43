// Which of the wanted elements can be seen, and their words. `wanted` is name to selector or null.
(wanted) => {
  const words = (selector) => {
    const element = selector ? document.querySelector(selector) : null;
    if (!element || !element.getClientRects().length) return null;
    return getComputedStyle(element).visibility === "hidden" ? null : element.innerText.trim().slice(0, 500);
  };
  return Object.fromEntries(Object.entries(wanted).map(([name, selector]) => [name, words(selector)]));
}
