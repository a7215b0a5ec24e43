// Files of the agent: chosen, pasted or dropped, looked at, then sent with the text below them. The
// server tells by their bytes what they are; here only their size is looked at, to spare the upload.
import { el, icon, part, setText } from "./dom.js";
import { t } from "./texts.js";

const MOST_BYTES = 25 * 1024 * 1024;
const PREVIEW_PX = 96; // twice as many as it is wide, for sharp screens

export class Attaching {
  #form = part("composer");
  #button = part("attach");
  #input = part("attach-input");
  #note = part("attach-note");
  #tray = part("staged");
  #text = document.getElementById("composer");
  #notes = new Map(); // by conversation: what became of its last file
  #id = null;
  #busy = new Set();
  #staged = new Map(); // by conversation: the file that goes with the next Send

  /** `composer` sends what is staged before its text. */
  constructor(desk, composer) {
    this.desk = desk;
    this.composer = composer;
    composer.attachment = this;
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

  has(id) {
    return this.#staged.has(id) && !this.#busy.has(id);
  }

  /** Sends the staged file; whether it is on its way. */
  async send(id) {
    const file = this.#staged.get(id);
    this.#stage(id, null);
    return this.#send(id, file);
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
    else {
      this.#say(id, "");
      this.#stage(id, files[0]);
      this.#text.focus();
    }
  }

  #stage(id, file) {
    if (file) this.#staged.set(id, file);
    else this.#staged.delete(id);
    this.#show();
    this.composer.judge();
  }

  async #send(id, file, key = undefined) {
    this.#busy.add(id);
    this.#say(id, t("attach.sending", { name: file.name }));
    const failure = await this.desk.attach(id, file, key);
    this.#busy.delete(id);
    if (!failure) this.#say(id, "");
    else {
      if (!failure.again) this.#stage(id, null);
      // the same key: if the file did arrive, it is not sent twice
      const again = failure.again ? () => this.#send(id, file, failure.key) : null;
      this.#say(id, t("attach.failed", { name: file.name, reason: failure.reason }), again);
    }
    return !failure;
  }

  #say(id, words, again = null) {
    this.#notes.set(id, { words, again });
    this.#show();
    this.#button.disabled = this.#cannot;
  }

  #show() {
    this.#drawTray();
    const { words, again } = this.#notes.get(this.#id) ?? { words: "", again: null };
    this.#note.hidden = !words;
    if (this.#note.dataset.shows === `${this.#id}\n${words}`) return;
    this.#note.dataset.shows = `${this.#id}\n${words}`;
    setText(this.#note, words);
    if (again) this.#note.append(" ", el("button", { class: "link-button", type: "button", onclick: again }, t("message.send_again")));
  }

  #drawTray() {
    const file = this.#staged.get(this.#id);
    this.#tray.hidden = !file;
    if (this.#tray.shows === file) return;
    this.#tray.shows = file;
    this.#tray.replaceChildren(...(file ? this.#preview(this.#id, file) : []));
  }

  #preview(id, file) {
    const picture = el("span", { class: "staged-picture" }, icon("file"));
    drawInto(picture, file);
    const size = t("attach.size", { size: Math.max(1, Math.round(file.size / 1024)) });
    const label = t("attach.remove", { name: file.name });
    const remove = el("button", { class: "icon-button", type: "button", "aria-label": label, title: label, data: { testid: "staged-remove" }, onclick: () => this.#remove(id) }, icon("close"));
    return [picture, el("span", { class: "staged-name", dir: "auto" }, file.name), el("span", { class: "staged-size" }, size), remove];
  }

  #remove(id) {
    this.#stage(id, null);
    this.#text.focus();
  }
}

// A canvas needs no address, so the page's policy stays as strict as it is.
async function drawInto(place, file) {
  if (!file.type.startsWith("image/")) return;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, PREVIEW_PX / Math.max(bitmap.width, bitmap.height));
    const canvas = el("canvas", { width: Math.max(1, bitmap.width * scale), height: Math.max(1, bitmap.height * scale), role: "img", "aria-label": t("attach.preview") });
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    place.replaceChildren(canvas);
  } catch {
    // not a picture after all: its name has to do, and the server judges it
  }
}
