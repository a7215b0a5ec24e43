// The bar of positions: which are taken, by whom, and how many customers wait.
import { el, keyed, part, setAttributes, setData, setText } from "./dom.js";
import { openConversations } from "./reducer.js";
import { t } from "./texts.js";

export class SlotBar {
  #bar = part("slot-bar");
  #used = part("slots-used");
  #queue = part("queue-length");

  constructor(select) {
    this.select = select;
  }

  draw(state) {
    const inSlot = new Map(openConversations(state).map((one) => [one.slot, one]));
    const views = state.slots.map((slot) => ({ slot, held: inSlot.get(slot.number) ?? null }));
    keyed(this.#bar, views, ({ slot }) => slot.number, () => this.#create(), (node, view) => fill(node, view, state));
    const total = state.slots.filter((slot) => slot.active).length;
    setText(this.#used, t("slots.used", { used: inSlot.size, total }));
    setText(this.#queue, t("queue.length", { count: state.queueLength }));
    setData(this.#queue, { waiting: state.queueLength > 0 });
  }

  #create() {
    const go = (event) => this.select(event.currentTarget.dataset.conversationId);
    return el("button", { class: "slot", type: "button", data: { testid: "slot" }, onclick: go });
  }
}

function fill(node, { slot, held }, { selectedId }) {
  const { number } = slot;
  const kind = held ? "occupied" : slot.active ? "free" : "inactive";
  setText(node, String(number));
  setData(node, {
    slot: number, conversationId: held?.id ?? "", state: kind,
    unread: Boolean(held?.unread), selected: Boolean(held) && held.id === selectedId,
  });
  const label = t(`slots.${kind}`, { number, name: held?.name });
  setAttributes(node, { "aria-label": label, title: label, "aria-keyshortcuts": `Alt+${number}` });
  node.disabled = !held;
}
