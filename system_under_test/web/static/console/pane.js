// The conversation in front of the agent: title, messages, composer, End.
import { avatar, avatarKey } from "./avatar.js";
import { createLine, lines, updateLine } from "./bubbles.js";
import { el, keyed, part, setAttributes, setData, setText } from "./dom.js";
import { Following } from "./following.js";
import { pendingOf, selectedConversation, troubleOf } from "./reducer.js";
import { t } from "./texts.js";

export class Pane {
  #empty = part("pane-empty");
  #talk = part("talk");
  #title = part("conversation-title");
  #avatar = part("avatar", document.querySelector(".talk-head"));
  #note = part("note");
  #log = part("message-log");
  #end = part("end");
  #composer;
  #details;
  #shownId = null;
  #following = new Following(this.#log, part("newest"));

  /** `endConversation()` is what End does. */
  constructor({ desk, composer, details, endConversation }) {
    this.desk = desk;
    this.endConversation = endConversation;
    this.#composer = composer;
    this.#details = details;
    this.#end.addEventListener("click", () => this.end());
    document.querySelector("[data-action=back]").addEventListener("click", () => desk.showList());
  }

  /** End of the conversation in front, when it is open. */
  end() {
    if (!this.#end.disabled && !this.#talk.hidden) this.endConversation();
  }

  draw(state) {
    const open = selectedConversation(state);
    document.body.dataset.view = open ? state.view : "list";
    this.#empty.hidden = Boolean(open);
    this.#talk.hidden = !open;
    this.#details.draw(open, state.previous?.id);
    if (!open) return this.#clear();
    const shown = state.previous ?? open;
    this.#drawHead(open);
    this.#drawNote(open, state.previous);
    const canWrite = open.state === "active" && !state.previous;
    this.#end.disabled = !canWrite || Boolean(state.ending[open.id]);
    setAttributes(this.#end, { "aria-busy": Boolean(state.ending[open.id]) });
    const newsId = state.news?.id === shown.id ? state.news.firstId : null;
    this.#drawLog(shown, state.previous ? [] : pendingOf(state, open.id), { canSend: canWrite, newsId });
    const canNote = (open.state === "active" || open.state === "wrap_up") && !state.previous;
    this.#composer.draw(open, state.drafts, { canWrite, canNote, trouble: troubleOf(state, open) });
    return undefined;
  }

  #clear() {
    this.#shownId = null;
    this.#log.replaceChildren();
    this.#title.replaceChildren();
    this.#avatar.replaceChildren();
    delete this.#log.dataset.conversationId;
  }

  #drawHead(open) {
    const key = `${open.id}\n${avatarKey(open)}\n${open.customer.username}`;
    if (this.#title.firstChild && this.#title.dataset.shows === key) return;
    this.#title.dataset.shows = key;
    this.#avatar.replaceChildren(avatar(open));
    const { username } = open.customer;
    const handle = username && el("span", { class: "talk-username", dir: "ltr" }, `@${username}`);
    this.#title.replaceChildren(el("bdi", { class: "talk-name", title: open.name }, open.name), ...(handle ? [" ", handle] : []));
  }

  #drawNote(open, previous) {
    const isEnded = open.state === "ended";
    this.#note.hidden = !previous && !isEnded;
    const key = previous ? `previous:${previous.id}` : isEnded ? `ended:${open.id}:${open.removed ?? ""}` : "";
    if (this.#note.dataset.shows === key) return;
    this.#note.dataset.shows = key;
    if (!previous) return this.#note.replaceChildren(isEnded ? t(open.removed ? "pane.removed" : "pane.ended", { name: open.name }) : "");
    const back = el("button", { class: "link-button", type: "button", onclick: () => this.desk.closePrevious() }, t("pane.return"));
    return this.#note.replaceChildren(t("pane.viewing_previous", { protocol: previous.protocol }), " ", back);
  }

  #drawLog(shown, pending, { canSend, newsId }) {
    const isOther = this.#shownId !== shown.id;
    if (isOther) {
      // a whole other conversation is not news to be read aloud
      this.#log.setAttribute("aria-live", "off");
      this.#log.replaceChildren();
      this.#shownId = shown.id;
      this.#following.begin();
    } else this.#log.setAttribute("aria-live", "polite");
    setData(this.#log, { conversationId: shown.id });
    setAttributes(this.#log, { "aria-label": t("pane.log", { name: shown.name }), "aria-busy": !shown.messages });
    const context = { name: shown.name, canSend, sendAgain: (message) => this.#sendAgain(shown.id, message) };
    if (pending.some((one) => one.state === "sending")) this.#following.begin();
    keyed(this.#log, lines(shown, pending, newsId), (line) => line.key, createLine, (node, line) => updateLine(node, line, context));
    this.#following.follow();
  }

  #sendAgain(id, message) {
    this.desk.sendAgain(id, message);
  }
}
