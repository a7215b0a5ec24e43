// Where the agent writes, to the customer or an internal note. Enter sends, Shift+Enter starts a line; the
// channel says how long a text may be.
import { noteKey } from "./desk.js";
import { part, setAttributes, setData, setText } from "./dom.js";
import { t } from "./texts.js";
import { span } from "./times.js";

const TICK_MS = 15_000;
const SOON_MS = 4 * 3_600_000;
const NOTE = { most: 2000, unit: "characters" };
const WHY_NOT = {
  offered: "composer.offered", wrap_up: "composer.wrap_up", closed: "composer.closed", trouble: "composer.trouble", removed: "composer.removed",
};
const UNITS = {
  bytes: { sizeOf: (text) => new TextEncoder().encode(text).length, counter: "composer.bytes", tooLong: "composer.too_long_bytes" },
  // An emoji is one, as the server counts.
  characters: { sizeOf: (text) => [...text].length, counter: "composer.characters", tooLong: "composer.too_long_characters" },
};

export class Composer {
  #form = part("composer");
  #text = document.getElementById("composer");
  #label = part("composer-label");
  #note = part("composer-note");
  #counter = part("byte-counter");
  #send = part("send");
  #sendWords = part("send-words");
  #noteButton = part("note-mode");
  #id = null;
  #key = null; // of the draft
  #isNote = false;
  #canWrite = false;
  #why = "ended";
  #window = {};
  #limit = { most: 0, unit: "bytes" };
  #medium = "";

  constructor(desk) {
    this.desk = desk;
    setInterval(() => this.#judge(), TICK_MS);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("input", () => {
      if (this.#id) desk.draft(this.#key, this.#text.value);
      this.#judge();
    });
    this.#noteButton.addEventListener("click", () => this.toggleNote());
  }

  /** From a reply to a note and back; each keeps its own draft. */
  toggleNote() {
    if (this.#noteButton.disabled) return;
    this.#isNote = !this.#isNote;
    this.desk.redraw();
    this.focus();
  }

  focus() {
    if (this.#canWrite) this.#text.focus({ preventScroll: true });
  }

  draw(conversation, drafts, { canWrite: isOpen, canNote, trouble }) {
    this.#isNote = this.#isNote && canNote && conversation.id === this.#id; // a note is about one conversation
    this.#window = conversation.window ?? {};
    const isClosed = windowState(this.#window) === "closed";
    const canWrite = this.#isNote || (isOpen && !trouble && !isClosed);
    const key = this.#isNote ? noteKey(conversation.id) : conversation.id;
    if (key !== this.#key || canWrite !== this.#canWrite) this.#text.value = canWrite ? drafts[key] ?? "" : "";
    this.#key = key;
    this.#id = conversation.id;
    this.#limit = this.#isNote ? NOTE : conversation.channel.text_limit;
    this.#medium = conversation.channel.label;
    this.#canWrite = canWrite;
    this.#why = !isOpen ? (conversation.removed ? "removed" : conversation.state) : isClosed ? "closed" : "trouble";
    this.#text.disabled = !canWrite;
    this.#drawMode(conversation, canNote);
    this.#judge();
  }

  #drawMode({ name }, canNote) {
    setData(this.#form, { mode: this.#isNote ? "note" : "reply" });
    setText(this.#label, t(this.#isNote ? "note.label" : "composer.label", { name }));
    setText(this.#sendWords, t(this.#isNote ? "note.add" : "composer.send"));
    setAttributes(this.#text, { placeholder: t(this.#isNote ? "note.placeholder" : "composer.placeholder") });
    setAttributes(this.#noteButton, { "aria-pressed": this.#isNote });
    this.#noteButton.disabled = !canNote;
  }

  #judge() {
    if (!this.#isNote && this.#canWrite && windowState(this.#window) === "closed") this.#close();
    const { most, unit } = this.#limit;
    const { sizeOf, counter, tooLong } = UNITS[unit];
    const size = sizeOf(this.#text.value.trim());
    const over = size - most;
    setText(this.#note, this.#words(over, tooLong));
    setText(this.#counter, t(counter, { size, limit: most }));
    setData(this.#form, { level: over > 0 ? "over" : size > most * 0.9 ? "near" : "fine", writable: this.#canWrite });
    setAttributes(this.#text, { "aria-invalid": over > 0 });
    const isEmpty = size === 0 && !this.#hasFile();
    this.#send.disabled = !this.#canWrite || isEmpty || over > 0;
  }

  #words(over, tooLong) {
    if (!this.#canWrite) return t(WHY_NOT[this.#why] ?? "composer.ended");
    if (this.#isNote) return over > 0 ? t("note.too_long", { over }) : t("note.hint");
    return over > 0 ? t(tooLong, { over, medium: this.#medium }) : hint(this.#window);
  }

  #close() {
    this.#canWrite = false;
    this.#why = "closed";
    this.#text.disabled = true;
  }

  /** What may be sent has changed. */
  judge() {
    if (this.#id) this.#judge();
  }

  /** As the button does, if that conversation is still the one that is shown. */
  submit(id) {
    if (id === this.#id) this.#submit();
  }

  #hasFile() {
    return !this.#isNote && Boolean(this.attachment?.has(this.#id));
  }

  #submit() {
    this.#judge();
    if (this.#send.disabled) return;
    if (this.#hasFile()) this.#submitFile(this.#id, this.#key, this.#text.value.trim());
    else this.#submitText();
  }

  // The file first, for Meta knows no caption; a text whose file was refused stays to be sent.
  async #submitFile(id, key, text) {
    this.#text.value = "";
    this.desk.draft(key, "");
    const isSent = await this.attachment.send(id);
    if (isSent && text) this.desk.send(id, text);
    if (isSent || !text) return;
    this.desk.draft(key, text);
    if (this.#key !== key || this.#text.value) return;
    this.#text.value = text;
    this.#judge();
  }

  #submitText() {
    const text = this.#text.value.trim();
    this.#text.value = "";
    this.desk.draft(this.#key, "");
    this.#judge();
    if (this.#isNote) this.desk.addNote(this.#id, text);
    else this.#sendBehindFiles(this.#id, text);
    this.focus();
  }

  async #sendBehindFiles(id, text) {
    const files = this.attachment?.settled(id);
    if (files) await files; // what was written later never overtakes them
    this.desk.send(id, text);
  }
}

/** Which of Meta's windows is open: standard, human (only what a human writes) or closed. */
function windowState({ standard_until_ms: standard, human_until_ms: human } = {}, now = Date.now()) {
  if (!human) return "standard";
  return now <= standard ? "standard" : now <= human ? "human" : "closed";
}

function hint(given) {
  if (windowState(given) === "human") return t("composer.human", { left: span(given.human_until_ms - Date.now()) });
  const left = given.standard_until_ms ? given.standard_until_ms - Date.now() : Infinity;
  if (left === Infinity) return t("composer.hint");
  return t(left < SOON_MS ? "composer.soon" : "composer.open", { left: span(left) });
}
