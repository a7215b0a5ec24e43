// Files of the agent: chosen, pasted or dropped, then sent at once. The server tells by their bytes
// what they are; here only their size is looked at, to spare the upload.
import { el, part, setText } from "./dom.js";
import { t } from "./texts.js";

const MOST_BYTES = 25 * 1024 * 1024;

export class Attaching {
  #form = part("composer");
  #button = part("attach");
  #input = part("attach-input");
  #note = part("attach-note");
  #text = document.getElementById("composer");
  #notes = new Map(); // by conversation: what became of its last file
  #id = null;
  #busy = new Set();

  constructor(desk) {
    this.desk = desk;
    this.#button.addEventListener("click", () => this.#input.click());
    this.#input.addEventListener("change", () => {
      this.#take(this.#input.files);
      this.#input.value = ""; // the same file may be chosen again
    });
    this.#form.addEventListener("paste", (event) => {
      // office programs put a picture of a text beside the text: then the text is meant
      if (!event.clipboardData?.types.includes("text/plain")) this.#offer(event, event.clipboardData);
    });
    this.#text.addEventListener("input", () => {
      if (this.#notes.has(this.#id) && !this.#busy.has(this.#id)) this.#say(this.#id, "");
    });
    this.#form.addEventListener("dragover", (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    });
    this.#form.addEventListener("drop", (event) => this.#offer(event, event.dataTransfer));
  }

  draw(state) {
    this.#id = state.selectedId;
    this.#button.disabled = this.#cannot;
    this.#show();
  }

  // a note is text
  get #cannot() {
    return this.#text.disabled || this.#form.dataset.mode === "note" || this.#busy.has(this.#id);
  }

  #offer(event, given) {
    if (!given?.files.length || this.#cannot) return;
    event.preventDefault();
    this.#take(given.files);
  }

  #take(files) {
    const id = this.#id;
    if (!id || !files.length || this.#busy.has(id)) return;
    if (files.length > 1) this.#say(id, t("attach.one"));
    else if (files[0].size > MOST_BYTES) this.#say(id, t("attach.too_large", { name: files[0].name }));
    else this.#send(id, files[0]);
  }

  async #send(id, file, key = undefined) {
    this.#busy.add(id);
    this.#say(id, t("attach.sending", { name: file.name }));
    const failure = await this.desk.attach(id, file, key);
    this.#busy.delete(id);
    if (!failure) this.#say(id, "");
    else {
      // the same key: if the file did arrive, it is not sent twice
      const again = failure.again ? () => this.#send(id, file, failure.key) : null;
      this.#say(id, t("attach.failed", { name: file.name, reason: failure.reason }), again);
    }
  }

  #say(id, words, again = null) {
    this.#notes.set(id, { words, again });
    this.#show();
    this.#button.disabled = this.#cannot;
  }

  #show() {
    const { words, again } = this.#notes.get(this.#id) ?? { words: "", again: null };
    this.#note.hidden = !words;
    if (this.#note.dataset.shows === `${this.#id}\n${words}`) return;
    this.#note.dataset.shows = `${this.#id}\n${words}`;
    setText(this.#note, words);
    if (again) this.#note.append(" ", el("button", { class: "link-button", type: "button", onclick: again }, t("message.send_again")));
  }
}
