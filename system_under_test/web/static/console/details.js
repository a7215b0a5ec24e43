// Facts about the conversation and the customer's previous ones: a column, or a drawer where it is narrow.
import { el, keyed, part, setData, setText } from "./dom.js";
import { t } from "./texts.js";
import { fullTime, number } from "./times.js";

const WIDE = window.matchMedia("(min-width: 1200px)");

export class Details {
  #panel = document.getElementById("details");
  #toggle = document.querySelector("[data-action=details]");
  #facts = part("facts");
  #list = part("previous-list");
  #none = part("no-previous");
  #isOpen = WIDE.matches;
  #hasContent = false;

  constructor(desk) {
    this.desk = desk;
    this.#toggle.addEventListener("click", () => this.#show(!this.#isOpen));
    document.querySelector("[data-action=close-details]").addEventListener("click", () => this.#close());
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
    WIDE.addEventListener("change", () => this.#show(WIDE.matches));
  }

  draw(conversation, previousId) {
    this.#hasContent = Boolean(conversation);
    this.#show(this.#isOpen);
    if (!conversation) return;
    keyed(this.#facts, factsOf(conversation), ([key]) => key, createFact, (node, [, value]) => setText(node.lastElementChild, value));
    const previous = conversation.previous ?? [];
    this.#none.hidden = !conversation.previous || previous.length > 0;
    keyed(this.#list, previous, (one) => one.id, () => this.#createPrevious(), (node, one) => {
      fillPrevious(node.firstElementChild, one, one.id === previousId);
    });
  }

  #show(isOpen) {
    this.#isOpen = isOpen;
    this.#panel.hidden = !(isOpen && this.#hasContent);
    this.#toggle.setAttribute("aria-expanded", String(!this.#panel.hidden));
  }

  #close() {
    this.#show(false);
    this.#toggle.focus();
  }

  #createPrevious() {
    const go = (event) => {
      this.desk.showPrevious(event.currentTarget.dataset.conversationId);
      if (!WIDE.matches) this.#close();
    };
    return el("li", {}, el("button", { class: "previous", type: "button", data: { testid: "previous-conversation" }, onclick: go },
      el("span", { class: "previous-protocol" }), el("span", { class: "previous-time" })));
  }
}

function factsOf({ name, customer, channel, protocol, first_seen_ms: firstSeen, opened_at_ms: openedAt, slot }) {
  const facts = [
    ["pane.name", name],
    ["pane.username", customer.username ? `@${customer.username}` : "–"],
    ...(customer.followers === null || customer.followers === undefined ? [] : [["pane.followers", number(customer.followers)]]),
    ["pane.channel", `${channel.label} ${channel.name}`],
    ["pane.protocol", protocol],
    ["pane.opened", fullTime(openedAt)],
    ...(firstSeen ? [["pane.first_seen", fullTime(firstSeen)]] : []),
  ];
  return slot ? [...facts, ["pane.position", String(slot)]] : facts;
}

function createFact([key]) {
  return el("div", { class: "fact" }, el("dt", {}, t(key)), el("dd", { dir: "auto" }));
}

function fillPrevious(node, one, isShown) {
  setData(node, { conversationId: one.id, selected: isShown });
  setText(node.firstElementChild, one.protocol);
  setText(node.lastElementChild, fullTime(one.opened_at_ms));
}
