// The times beside the title: how long the agent has had the conversation, how long the customer waits.
import { part, setAttributes, setText } from "./dom.js";
import { selectedConversation } from "./reducer.js";
import { t } from "./texts.js";
import { elapsed } from "./times.js";
import { createWait, fillWait } from "./waiting.js";

const TICK_MS = 1000;

export class Timers {
  #held = part("conversation-timer");
  #wait = createWait("conversation-waiting");
  #store;

  constructor(store) {
    this.#store = store;
    part("talk-times").append(this.#wait);
    setAttributes(this.#held, { title: t("pane.attended") });
    setInterval(() => this.draw(store.state), TICK_MS);
  }

  draw(state) {
    const open = selectedConversation(state);
    const isHeld = Boolean(open?.assigned_at_ms) && open.state === "active";
    this.#held.hidden = !isHeld;
    if (isHeld) setText(this.#held, elapsed(Date.now() - open.assigned_at_ms));
    fillWait(this.#wait, open, state.replyGoalMs, Date.now());
  }
}
