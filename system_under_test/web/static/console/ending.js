// End asks once more when something would be lost: a message nobody has seen, an answer half written.
import { part, setText } from "./dom.js";
import { t } from "./texts.js";

const AGAIN_MS = 1_000; // a second press so soon was meant for the conversation that has just gone
const GLANCE_MS = 2_500; // nobody has read what came in front by itself so lately

export class EndQuestion {
  #dialog = part("end-dialog");
  #words = part("end-words");
  #came = { id: null, unread: 0, at_ms: 0 };

  constructor() {
    part("end-cancel").addEventListener("click", () => this.#dialog.close("no"));
  }

  /** After an End the console has gone on to this conversation, with so much unread. */
  wentOn(id, unread, now_ms) {
    this.#came = { id, unread, at_ms: now_ms };
  }

  /** Whether to end it: `unseen` messages and a `draft` are asked about; resolves at once without. */
  async agrees(conversation, { unseen, draft }, now_ms) {
    const since_ms = this.#came.id === conversation.id ? now_ms - this.#came.at_ms : Infinity;
    if (since_ms < AGAIN_MS) return false;
    const count = Math.max(unseen, since_ms < GLANCE_MS ? this.#came.unread : 0);
    if (!count && !draft) return true;
    const { name } = conversation;
    const words = [count && t("end.unread", { name, count }), draft && t("end.draft", { name })];
    setText(this.#words, words.filter(Boolean).join(" "));
    this.#dialog.returnValue = "no";
    this.#dialog.showModal();
    await new Promise((resolve) => this.#dialog.addEventListener("close", resolve, { once: true }));
    return this.#dialog.returnValue === "yes";
  }
}
