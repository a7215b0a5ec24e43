// Passing a conversation on: to a colleague with a free position, or to a service's queue.
import { Refused, Unreachable } from "./calls.js";
import { el, part, setText } from "./dom.js";
import { selectedConversation } from "./reducer.js";
import { t } from "./texts.js";

export class TransferDialog {
  #dialog = part("transfer-dialog");
  #open = part("transfer");
  #targets = part("transfer-targets");
  #trouble = part("transfer-trouble");
  #wait = part("transfer-wait");
  #conversation = null;

  constructor(desk, store) {
    this.desk = desk;
    this.store = store;
    this.#open.addEventListener("click", () => this.show());
    part("transfer-cancel").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("submit", (event) => this.#submit(event));
  }

  draw(state) {
    const open = selectedConversation(state);
    this.#open.disabled = !open || open.state !== "active" || Boolean(state.previous);
    if (this.#dialog.open && open?.id !== this.#conversation) this.#dialog.close();
  }

  async show() {
    const open = selectedConversation(this.store.state);
    if (!open || this.#open.disabled) return;
    this.#conversation = open.id;
    this.#say("");
    this.#wait.checked = false;
    this.#targets.replaceChildren();
    this.#dialog.showModal();
    try {
      const { agents, services } = await this.desk.transferTargets();
      this.#targets.replaceChildren(
        ...group(t("transfer.agents"), agents.map(agentChoice), t("transfer.no_agents")),
        ...group(t("transfer.services"), services.filter((one) => one.name !== open.service.name).map(serviceChoice), t("transfer.no_services")),
      );
      this.#targets.querySelector("input:not(:disabled)")?.focus();
    } catch (trouble) {
      this.#complain(trouble);
    }
  }

  async #submit(event) {
    event.preventDefault();
    const chosen = new FormData(event.target).get("target");
    if (!chosen) return this.#say(t("transfer.choose"));
    const [kind, name] = JSON.parse(chosen);
    const target = kind === "agent" ? { agent: name, wait: this.#wait.checked } : { service: name };
    try {
      await this.desk.transfer(this.#conversation, target);
      this.#dialog.close();
    } catch (trouble) {
      this.#complain(trouble);
    }
    return undefined;
  }

  #complain(trouble) {
    if (!(trouble instanceof Refused || trouble instanceof Unreachable)) throw trouble;
    const code = trouble instanceof Refused ? trouble.body.error : "";
    this.#say(t(REASONS[code] ?? "transfer.failed"));
  }

  #say(text) {
    setText(this.#trouble, text);
  }
}

const REASONS = { agent_full: "transfer.agent_full", agent_away: "transfer.agent_away" };

const group = (title, choices, nothing) => [
  el("h3", {}, title), choices.length ? el("ul", { class: "targets" }, choices) : el("p", { class: "faint" }, nothing),
];

const choice = (testid, value, name, about, data = {}) =>
  el("li", {}, el("label", { class: "target" },
    el("input", { type: "radio", name: "target", value: JSON.stringify(value), data: { testid, ...data } }),
    el("span", { class: "target-name", dir: "auto" }, name), el("span", { class: "target-about" }, about)));

const agentChoice = (one) =>
  choice("transfer-agent", ["agent", one.login], one.name, `${one.status.label} · ${one.active}/${one.positions}`, { login: one.login, free: one.free });

const serviceChoice = (one) =>
  choice("transfer-service", ["service", one.name], one.name, t("queue.length", { count: one.queue_length }), { name: one.name });
