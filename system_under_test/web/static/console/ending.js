// End asks once more when there is something that the agent has not seen.
import { part, setText } from "./dom.js";
import { t } from "./texts.js";

export class EndQuestion {
  #dialog = part("end-dialog");
  #words = part("end-words");

  constructor() {
    part("end-cancel").addEventListener("click", () => this.#dialog.close("no"));
  }

  /** Whether to end it with so many messages unseen; resolves at once when there are none. */
  async agrees(conversation, count) {
    if (!count) return true;
    setText(this.#words, t("end.unread", { name: conversation.name, count }));
    this.#dialog.returnValue = "no";
    this.#dialog.showModal();
    await new Promise((resolve) => this.#dialog.addEventListener("close", resolve, { once: true }));
    return this.#dialog.returnValue === "yes";
  }
}
