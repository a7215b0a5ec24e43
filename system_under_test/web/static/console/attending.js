// What a conversation waits for from the agent before or after it is attended: an offer, a wrap-up.
import { el, part, setText } from "./dom.js";
import { selectedConversation } from "./reducer.js";
import { t } from "./texts.js";
import { elapsed } from "./times.js";

const TICK_MS = 1000;

export class Attending {
  #bar = part("attending");
  #shows = "";
  #store;

  constructor(desk, store) {
    this.desk = desk;
    this.#store = store;
    setInterval(() => this.#tick(), TICK_MS);
  }

  draw(state) {
    const open = selectedConversation(state);
    const waits = open && !state.previous && MAKERS[open.state];
    this.#bar.hidden = !waits;
    const key = waits ? `${open.id} ${open.state}` : "";
    if (key === this.#shows) return this.#tick();
    this.#shows = key;
    this.#bar.replaceChildren(...(waits ? waits(open, this.desk) : []));
    return this.#tick();
  }

  #tick() {
    const left = part("time-left", this.#bar);
    const due = selectedConversation(this.#store.state)?.due_ms;
    if (left) setText(left, due ? elapsed(due - Date.now()) : "");
  }
}

const MAKERS = { offered: makeOffer, wrap_up: makeWrapUp };

const button = (testid, kind, text, act) =>
  el("button", { class: kind, type: "button", data: { testid }, onclick: act }, text);

const timeLeft = () => el("span", { class: "time-left", role: "timer", data: { part: "time-left" } });

function makeOffer(open, desk) {
  return [
    el("p", { class: "attending-words" }, t("attend.offered", { name: open.name })), timeLeft(),
    button("decline", "quiet", t("attend.decline"), () => desk.decline(open.id)),
    button("accept", "primary", t("attend.accept"), () => desk.accept(open.id)),
  ];
}

function makeWrapUp(open, desk) {
  const { classification, categories } = open.service;
  const finish = (event) => {
    event.preventDefault();
    desk.finish(open.id, new FormData(event.target).get("category") || null);
  };
  return [
    el("form", { class: "wrap-up", data: { testid: "wrap-up" }, onsubmit: finish },
      el("p", { class: "attending-words" }, t("attend.wrap_up", { name: open.name })), timeLeft(),
      classification ? chooser(categories) : null,
      el("button", { class: "primary", type: "submit", data: { testid: "finish" } }, t("attend.finish"))),
  ];
}

function chooser(categories) {
  const field = categories.length
    ? el("select", { name: "category", required: true, data: { testid: "category" } },
      el("option", { value: "" }, t("attend.choose")), categories.map((one) => el("option", { value: one }, one)))
    : el("input", { name: "category", required: true, maxlength: 80, data: { testid: "category" } });
  return el("label", { class: "category" }, el("span", {}, t("attend.category")), field);
}
