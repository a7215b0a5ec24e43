// Files of the agent: chosen, pasted or dropped, looked at, then sent with the text below them. The
// server tells by their bytes what they are; here only their size is looked at, to spare the upload.
// Several go one after another, in the order in which they were chosen; the first that is not taken
// stops those behind it, which stay to be looked at.
import { el, icon, keyed, part, setText } from "./dom.js";
import { t } from "./texts.js";

const MOST_FILES = 10;
const MB = 1024 * 1024;
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
  #busy = new Map(); // by conversation: the sending that is under way
  #staged = new Map(); // by conversation: [{file, key}] that go with the next Send

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
    const kind = state.conversations[this.#id]?.channel.kind;
    if (kind) this.#input.accept = this.#input.getAttribute(`data-accept-${kind}`);
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

  /** Resolves when no file of the conversation is under way. */
  settled(id) {
    return this.#busy.get(id);
  }

  /** Sends what is staged; whether all of it is on its way. */
  send(id) {
    const sending = this.#sendAll(id);
    this.#busy.set(id, sending);
    return sending;
  }

  async #sendAll(id) {
    await null; // what is under way is known by then
    let failure = null;
    while (!failure && this.#of(id).length) failure = await this.#sendFirst(id);
    this.#busy.delete(id);
    this.#show();
    this.composer.judge();
    return !failure;
  }

  #of(id) {
    return this.#staged.get(id) ?? [];
  }

  // A file that may have arrived stays with its key, so that it is not sent twice.
  async #sendFirst(id) {
    const [{ file, key }, ...others] = this.#of(id);
    this.#say(id, t("attach.sending", { name: file.name }));
    const failure = await this.desk.attach(id, file, key);
    this.#stage(id, failure?.again ? [{ file, key: failure.key }, ...others] : others);
    const again = failure?.again ? () => this.composer.submit(id) : null;
    this.#say(id, failure ? t("attach.failed", { name: file.name, reason: failure.reason }) : "", again);
    return failure;
  }

  #offer(event, given) {
    if (!given?.files.length || this.#cannot) return;
    event.preventDefault();
    this.#take(given.files);
  }

  #take(files) {
    const id = this.#id;
    if (!id || !files.length || this.#busy.has(id)) return;
    const staged = [...this.#of(id), ...[...files].map((file) => ({ file }))];
    const mostBytes = Number(this.#input.dataset.mostBytes);
    const large = staged.find(({ file }) => file.size > mostBytes);
    if (staged.length > MOST_FILES) this.#say(id, t("attach.most", { most: MOST_FILES }));
    else if (large) this.#say(id, t("attach.too_large", { name: large.file.name, most: mostBytes / MB }));
    else {
      this.#say(id, "");
      this.#stage(id, staged);
      this.#text.focus();
    }
  }

  #stage(id, files) {
    if (files.length) this.#staged.set(id, files);
    else this.#staged.delete(id);
    this.#show();
    this.composer.judge();
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
    const files = this.#busy.has(this.#id) ? [] : this.#of(this.#id);
    this.#tray.hidden = !files.length;
    keyed(this.#tray, files, ({ file }) => file, ({ file }) => this.#preview(file), () => {});
  }

  #preview(file) {
    const picture = el("span", { class: "staged-picture" }, icon("file"));
    drawInto(picture, file);
    const size = t("attach.size", { size: Math.max(1, Math.round(file.size / 1024)) });
    const label = t("attach.remove", { name: file.name });
    const remove = el("button", { class: "icon-button", type: "button", "aria-label": label, title: label, data: { testid: "staged-remove" }, onclick: () => this.#remove(file) }, icon("close"));
    const name = el("span", { class: "staged-name", dir: "auto" }, file.name);
    return el("div", { class: "staged-file", data: { testid: "staged-file" } }, picture, name, el("span", { class: "staged-size" }, size), remove);
  }

  #remove(file) {
    this.#stage(this.#id, this.#of(this.#id).filter((one) => one.file !== file));
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
