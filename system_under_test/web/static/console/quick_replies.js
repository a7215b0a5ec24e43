// Texts at hand: "/" at the start of an empty message opens a list, which narrows as the agent writes.
import { el, part, setAttributes } from "./dom.js";

export class QuickReplies {
  #text = document.getElementById("composer");
  #list = part("quick-replies");
  #replies = [];
  #values = {};
  #at = 0;

  constructor() {
    // before the composer, whose Enter sends
    this.#text.addEventListener("keydown", (event) => this.#key(event), true);
    this.#text.addEventListener("input", () => this.#show());
    this.#text.addEventListener("blur", () => this.#hide());
  }

  draw(state) {
    const open = state.conversations[state.selectedId];
    this.#replies = state.quickReplies;
    // a customer without a name is not called by the placeholder
    const name = open?.customer.name ?? "";
    this.#values = { name, first_name: name.split(/\s+/u)[0], agent: state.agent?.name ?? "", protocol: open?.protocol ?? "" };
    if (!open) this.#hide();
  }

  /** Opens the list from anywhere in the page; what is being written stays as it is. */
  begin() {
    if (this.#text.disabled) return;
    this.#text.focus();
    if (this.#text.value) return;
    this.#text.value = "/";
    this.#text.dispatchEvent(new Event("input"));
  }

  #found() {
    const begin = /^\/(\S*)$/.exec(this.#text.value)?.[1]?.toLowerCase();
    return begin === undefined ? [] : this.#replies.filter((one) => one.name.toLowerCase().startsWith(begin));
  }

  #show() {
    const found = this.#found();
    this.#at = 0;
    this.#list.replaceChildren(...found.map((one, place) =>
      el("li", {
        id: `quick-reply-${place}`, class: "quick-reply", role: "option", data: { testid: "quick-reply" },
        // the text must not lose the keyboard to a click
        onmousedown: (event) => event.preventDefault(), onclick: () => this.#take(one),
      }, el("b", {}, `/${one.name}`), el("span", { dir: "auto" }, this.#filled(one)))));
    this.#list.hidden = found.length === 0;
    this.#mark();
  }

  #hide() {
    this.#list.hidden = true;
    this.#mark();
  }

  #mark() {
    [...this.#list.children].forEach((node, place) => setAttributes(node, { "aria-selected": place === this.#at }));
    if (this.#list.hidden) this.#text.removeAttribute("aria-activedescendant");
    else this.#text.setAttribute("aria-activedescendant", `quick-reply-${this.#at}`);
    this.#list.children[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (this.#list.hidden || event.isComposing || event.altKey) return;
    const found = this.#found();
    const act = {
      ArrowDown: () => this.#move(1, found.length), ArrowUp: () => this.#move(-1, found.length),
      Enter: () => this.#take(found[this.#at]), Tab: () => this.#take(found[this.#at]), Escape: () => this.#hide(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  #move(by, count) {
    this.#at = (this.#at + by + count) % count;
    this.#mark();
  }

  #take(reply) {
    this.#text.value = this.#filled(reply);
    this.#text.dispatchEvent(new Event("input"));
    this.#text.focus();
  }

  #filled = (reply) =>
    reply.text.replace(/( ?)\{(name|first_name|agent|protocol)\}/g, (_, blank, key) => (this.#values[key] ? blank + this.#values[key] : "")).trimStart();
}
