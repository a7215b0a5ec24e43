// Alt+1…8 a position, Alt+↑/↓ the neighbour, Alt+E End, Alt+T transfer, Alt+N note, Alt+S STATUS, Ctrl+K
// commands; outside of texts also / and ?. Alt by key position, because it writes other characters on
// some keyboards.
import { openConversations } from "./reducer.js";

/** `acts` has what each key does by name; `goTo(id)` opens a conversation. */
export function wireShortcuts(store, goTo, acts) {
  window.addEventListener("keydown", (event) => {
    if (store.state.session || event.isComposing) return;
    const act = actionOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  });

  function actionOf(event) {
    const { altKey: alt, ctrlKey: ctrl, metaKey: meta } = event;
    if (event.code === "KeyK" && (ctrl || meta) && !alt && !event.shiftKey) return acts.commands;
    if (document.querySelector("dialog[open]") || ctrl || meta) return null;
    return alt ? withAlt(event.code) : isText(event.target) ? null : { "/": acts.quickReplies, "?": acts.help }[event.key];
  }

  function withAlt(code) {
    const digit = /^(?:Digit|Numpad)([1-8])$/.exec(code)?.[1];
    if (digit) return () => go((one) => one.slot === Number(digit));
    return {
      KeyE: acts.end, KeyT: acts.transfer, KeyN: acts.note, KeyS: acts.status, ArrowUp: () => step(-1), ArrowDown: () => step(1),
    }[code];
  }

  function go(matches) {
    const found = openConversations(store.state).find(matches);
    if (found) goTo(found.id);
  }

  function step(by) {
    const order = openConversations(store.state).map((one) => one.id);
    const at = order.indexOf(store.state.selectedId);
    const next = at < 0 ? 0 : (at + by + order.length) % order.length;
    if (order.length) goTo(order[next]);
  }
}

const isText = (node) => node instanceof HTMLElement && (node.isContentEditable || node.matches("input, textarea, select"));
