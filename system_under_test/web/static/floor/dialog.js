// One conversation in front of the supervisor: read along, give it to somebody, put it back, end it.
import { el, setText } from "../console/dom.js";
import { t } from "../console/texts.js";
import { timeOfDay } from "../console/times.js";

const part = (name) => document.querySelector(`[data-part="${name}"]`);
const test = (name) => document.querySelector(`[data-testid="${name}"]`);

export class ConversationDialog {
  #api;
  #changed;
  #id = null;
  #floor = null;
  #dialog = test("conversation-dialog");

  /** `changed()` is called when something was done. */
  constructor(api, changed) {
    this.#api = api;
    this.#changed = changed;
    part("close").addEventListener("click", () => this.#dialog.close());
    part("move").addEventListener("submit", (event) => {
      event.preventDefault();
      const form = new FormData(event.target);
      const [, kind, name] = form.get("to").match(/^(\w+):(.*)$/s);
      this.#do(() => (kind === "agent" ? api.assign(this.#id, name, form.has("wait")) : api.toService(this.#id, name)));
    });
    test("requeue").addEventListener("click", () => this.#do(() => api.requeue(this.#id)));
    test("first-in-line").addEventListener("click", () => this.#do(() => api.priority(this.#id, this.#highest() + 1)));
    test("end-conversation").addEventListener("click", () => this.#do(() => api.end(this.#id)));
  }

  see(floor) {
    this.#floor = floor;
    if (this.#dialog.open) this.#read();
  }

  async show(id) {
    this.#id = id;
    setText(test("dialog-trouble"), "");
    part("dialog-log").replaceChildren();
    test("export").href = `/interact_multiagent/api/floor/conversations/${id}/export`;
    test("give-to").replaceChildren(...this.#targets());
    test("give-wait").checked = false;
    this.#dialog.showModal();
    await this.#read();
  }

  #targets() {
    const agents = this.#floor.agents.map((one) =>
      el("option", { value: `agent:${one.login}` }, `${one.name} · ${one.held.length}/${one.positions} · ${one.eligible ? t("supervisor.free") : one.status.label}`));
    const services = this.#floor.services.map((one) =>
      el("option", { value: `service:${one.name}` }, `${one.name} · ${t("queue.length", { count: one.queue_length })}`));
    return [
      el("optgroup", { label: t("transfer.agents") }, agents), el("optgroup", { label: t("transfer.services") }, services),
    ];
  }

  async #read() {
    const id = this.#id;
    let talk;
    try {
      talk = await this.#api.peek(id);
    } catch (trouble) {
      return setText(test("dialog-trouble"), trouble.message);
    }
    if (id !== this.#id) return undefined;
    setText(part("dialog-title"), talk.name);
    setText(part("dialog-about"), `${talk.protocol} · ${talk.service.name} · ${t(`state.${talk.state}`)}`);
    const isQueued = talk.state === "queued";
    test("requeue").hidden = isQueued || talk.state === "ended" || talk.state === "wrap_up";
    test("first-in-line").hidden = !isQueued;
    part("move").hidden = talk.state === "ended" || talk.state === "wrap_up";
    test("end-conversation").hidden = talk.state === "ended";
    return this.#drawLog(talk);
  }

  #drawLog(talk) {
    const log = part("dialog-log");
    const lines = [
      ...talk.messages.map((one) => ({
        at: one.at_ms, direction: one.direction, who: one.direction === "out" ? one.author ?? "" : talk.name,
        words: one.deleted ? t("message.deleted") : one.text || t(`preview.${one.kind}`),
      })),
      ...talk.notes.map((one) => ({ at: one.at_ms, direction: "note", who: t("note.by", { author: one.author }), words: one.text })),
    ].sort((one, other) => one.at - other.at);
    if (log.childElementCount === lines.length && !talk.messages.some((one) => one.deleted)) return;
    log.replaceChildren(...lines.map(({ at, direction, who, words }) =>
      el("p", { class: "line", data: { direction } }, el("span", { class: "about", dir: "auto" }, `${timeOfDay(at)} ${who}`), el("span", { dir: "auto" }, words))));
    log.scrollTop = log.scrollHeight;
  }

  #highest() {
    return Math.max(0, ...this.#floor.services.flatMap((one) => one.waiting.map((talk) => talk.priority)));
  }

  async #do(call) {
    setText(test("dialog-trouble"), "");
    try {
      await call();
      this.#dialog.close();
    } catch (trouble) {
      setText(test("dialog-trouble"), trouble.message);
    }
    await this.#changed();
  }
}
