// End asks once more when there is something that the agent has not seen.
import { part, setText } from "./dom.js";
import { t } from "./texts.js";

export class EndQuestion {
  #dialog = part("end-dialog");
  #words = part("end-words");

  constructor() {
    part("end-cancel").addEventListener("click", () => this.#dialog.close("no"));
  }

  /** Whether to end it; resolves at once when everything has been read. */
  async agrees(conversation) {
    if (!conversation?.unread) return true;
    setText(this.#words, t("end.unread", { name: conversation.name, count: conversation.unread }));
    this.#dialog.returnValue = "no";
    this.#dialog.showModal();
    await new Promise((resolve) => this.#dialog.addEventListener("close", resolve, { once: true }));
    return this.#dialog.returnValue === "yes";
  }
}
