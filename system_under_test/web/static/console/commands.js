// Ctrl+K: everything that can be done, found by its words.
import { el, part, setAttributes } from "./dom.js";

export class CommandBar {
  #dialog = part("command-bar");
  #input = part("command-input");
  #list = part("command-list");
  #none = part("command-none");
  #all = [];
  #found = [];
  #at = 0;

  /** `commands()` gives { words, keys, act } of what is possible now. */
  constructor(commands) {
    this.commands = commands;
    this.#input.addEventListener("input", () => this.#show());
    this.#dialog.addEventListener("keydown", (event) => this.#key(event));
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close(); // beside the bar
    });
  }

  open() {
    if (this.#dialog.open) return this.#dialog.close();
    this.#all = this.commands();
    this.#input.value = "";
    this.#dialog.showModal();
    this.#input.focus();
    return this.#show();
  }

  close() {
    this.#dialog.close();
  }

  #show() {
    const wanted = plain(this.#input.value).split(/\s+/).filter(Boolean);
    this.#found = this.#all.filter(({ words }) => wanted.every((word) => plain(words).includes(word)));
    this.#at = 0;
    this.#list.replaceChildren(...this.#found.map((one, place) =>
      el("li", { id: `command-${place}`, class: "command", role: "option", data: { testid: "command" }, onclick: () => this.#run(one) },
        el("span", { class: "command-words", dir: "auto" }, one.words), one.keys ? el("kbd", {}, one.keys) : null)));
    this.#none.hidden = this.#found.length > 0;
    this.#mark();
  }

  #mark() {
    [...this.#list.children].forEach((node, place) => setAttributes(node, { "aria-selected": place === this.#at }));
    const chosen = this.#list.children[this.#at];
    if (chosen) setAttributes(this.#input, { "aria-activedescendant": chosen.id });
    else this.#input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const count = this.#found.length;
    const act = {
      ArrowDown: () => this.#move(1, count), ArrowUp: () => this.#move(-1, count), Enter: () => this.#run(this.#found[this.#at]),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #move(by, count) {
    if (count) this.#at = (this.#at + by + count) % count;
    this.#mark();
  }

  #run(command) {
    if (!command) return;
    this.#dialog.close(); // first: what is done next may want the keyboard
    command.act();
  }
}

// Without accents and in small letters, as people type in a hurry.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
