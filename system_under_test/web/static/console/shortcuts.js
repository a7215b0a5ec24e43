// Alt+1…8 a position, Alt+↑/↓ the neighbour, Alt+E End, Alt+T transfer, Alt+S STATUS. By key
// position, because Alt writes other characters on some keyboards.
import { openConversations } from "./reducer.js";

export function wireShortcuts({ store, select, endConversation, status, transfer }) {
  window.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || store.state.session) return;
    const act = actionOf(event.code);
    if (!act) return;
    event.preventDefault();
    act();
  });

  function actionOf(code) {
    const digit = /^(?:Digit|Numpad)([1-8])$/.exec(code)?.[1];
    if (digit) return () => goTo((one) => one.slot === Number(digit));
    return { KeyE: endConversation, KeyT: transfer, KeyS: openStatus, ArrowUp: () => step(-1), ArrowDown: () => step(1) }[code];
  }

  const openStatus = () => status.open();

  function goTo(matches) {
    const found = openConversations(store.state).find(matches);
    if (found) select(found.id);
  }

  function step(by) {
    const order = openConversations(store.state).map((one) => one.id);
    const at = order.indexOf(store.state.selectedId);
    const next = at < 0 ? 0 : (at + by + order.length) % order.length;
    if (order.length) select(order[next]);
  }
}
