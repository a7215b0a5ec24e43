// The STATUS menu: a menu button with arrows, Home, End, Escape and first letters.
import { el, part, setAttributes, setData, setText } from "./dom.js";
import { t } from "./texts.js";
import { elapsed } from "./times.js";

const NO_PAUSE = ["not_ready", "not_answering"]; // nothing arrives in them, but nobody rests
const isPause = (status) => !status.routable && !NO_PAUSE.includes(status.id);

export class StatusMenu {
  #button = part("status-menu");
  #menu = document.getElementById("status-options");
  #current = part("status-current");
  #since = part("since");
  #status = null;
  #drawn = "";
  #typed = { text: "", at: 0 };

  /** `onPress` is told of every press of the button: a gesture that browsers accept as one. */
  constructor(desk, onPress) {
    this.select = (id) => desk.selectStatus(id);
    this.logOut = () => desk.logOut();
    this.#button.addEventListener("click", () => {
      onPress();
      this.isOpen ? this.close() : this.open();
    });
    this.#button.addEventListener("keydown", (event) => this.#onButtonKey(event));
    this.#menu.addEventListener("keydown", (event) => this.#onMenuKey(event));
    document.addEventListener("pointerdown", (event) => {
      if (this.isOpen && !event.target.closest("#status")) this.close({ focus: false });
    });
    setInterval(() => this.tick(), 1000);
  }

  get isOpen() {
    return !this.#menu.hidden;
  }

  draw({ status, statuses, session }) {
    if (!status) return;
    this.#status = status;
    setText(this.#current, status.label);
    setData(this.#button, { tone: tone(status) });
    setAttributes(this.#button, { title: t(status.routable ? "console.receiving" : "console.not_receiving") });
    const signature = JSON.stringify(statuses);
    if (signature !== this.#drawn) this.#menu.replaceChildren(...this.#entries(statuses));
    this.#drawn = signature;
    for (const item of this.#items.filter((one) => one.dataset.status)) {
      setAttributes(item, { "aria-checked": item.dataset.status === status.id });
    }
    if (session) this.close({ focus: false });
    this.tick();
  }

  tick() {
    if (this.#status) setText(this.#since, elapsed(Date.now() - this.#status.since_ms));
  }

  open({ last = false } = {}) {
    this.#menu.hidden = false;
    setAttributes(this.#button, { "aria-expanded": true });
    const items = this.#items;
    const chosen = items.find((item) => item.getAttribute("aria-checked") === "true");
    (last ? items.at(-1) : chosen ?? items[0])?.focus();
  }

  close({ focus = true } = {}) {
    if (!this.isOpen) return;
    this.#menu.hidden = true;
    setAttributes(this.#button, { "aria-expanded": false });
    if (focus) this.#button.focus();
  }

  get #items() {
    return [...this.#menu.querySelectorAll("[role^=menuitem]")];
  }

  #entries(statuses) {
    const pauses = statuses.filter(isPause).map((status) => this.#entry(status));
    const others = statuses.filter((status) => !isPause(status)).map((status) => this.#entry(status));
    const group = el("div", { class: "menu-group", role: "group", "aria-label": t("console.pause") }, pauses);
    const leaving = el("div", { class: "menu-group" }, this.#leave());
    return pauses.length ? [...others, group, leaving] : [...others, leaving];
  }

  #leave() {
    const act = () => {
      this.close();
      this.logOut();
    };
    return el("button", {
      class: "menu-item", type: "button", role: "menuitem", tabindex: "-1", onclick: act, data: { testid: "status-log-out" },
    }, t("session.log_out"));
  }

  #entry(status) {
    const choose = () => {
      this.close();
      this.select(status.id);
    };
    return el("button", {
      class: "menu-item", type: "button", role: "menuitemradio", tabindex: "-1", onclick: choose,
      data: { testid: `status-option-${status.id}`, status: status.id, tone: tone(status) },
    }, status.label);
  }

  #onButtonKey(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    this.open({ last: event.key === "ArrowUp" });
  }

  #onMenuKey(event) {
    const items = this.#items;
    const at = items.indexOf(document.activeElement);
    const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key in goals) items.at(goals[event.key] % items.length).focus();
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab") return this.close({ focus: false });
    else if (isLetter(event)) this.#findTyped(event.key, items, at);
    else return undefined;
    return event.preventDefault();
  }

  #findTyped(key, items, at) {
    const now = Date.now();
    const text = (now - this.#typed.at < 700 ? this.#typed.text : "") + key.toLowerCase();
    this.#typed = { text, at: now };
    const from = text.length === 1 ? at + 1 : at;
    const turned = [...items.slice(from), ...items.slice(0, from)];
    turned.find((item) => item.textContent.toLowerCase().startsWith(text))?.focus();
  }
}

// Space chooses an entry unless a name is being typed; no entry begins with one.
const isLetter = (event) => event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;

const tone = (status) => (status.routable ? "receiving" : isPause(status) ? "pause" : "away");
