// One message: its bubble, its author, time and state.
import { el, icon, part, setAttributes, setData, setText } from "./dom.js";
import { linked } from "./links.js";
import { mediaOf } from "./media.js";
import { t } from "./texts.js";
import { dayKey, dayName, fullTime, iso, timeOfDay } from "./times.js";

const TOGETHER_MS = 5 * 60_000;
const shown = new WeakMap();

/** Messages, notes between them, our own on their way; a line for each new day and one before what is new. */
export function lines({ messages = [], notes = [] }, pending, newsId = null) {
  const all = [...withNotes(messages, notes), ...pending.map(asMessage)];
  return all.flatMap((one, at) => {
    const before = all[at - 1];
    const isNewDay = !before || dayKey(before.at_ms) !== dayKey(one.at_ms);
    const isNews = newsId !== null && one.id === newsId && !one.note;
    const key = one.note ? `note:${one.id}` : `message:${one.id}`;
    const line = { key, message: one, continues: !isNewDay && !isNews && continues(before, one) };
    const day = isNewDay ? [{ key: `day:${one.note ? "note" : ""}${one.id}`, day: one.at_ms }] : [];
    return [...day, ...(isNews ? [{ key: "news", news: true }] : []), line];
  });
}

// A note stands where the talk was when it was written.
function withNotes(messages, notes) {
  return notes.reduce((all, note) => {
    const place = all.findLastIndex((one) => one.at_ms <= note.at_ms) + 1;
    return all.toSpliced(place, 0, { ...note, note: true });
  }, messages);
}

const continues = (before, message) =>
  !before.note && !message.note && before.direction === message.direction && before.author === message.author && message.at_ms - before.at_ms < TOGETHER_MS;

const asMessage = ({ key, text, at_ms, state, reason }) => ({
  id: `local:${key}`, key, mid: null, direction: "out", kind: "text", text, url: null, available: true, attachments: [],
  deleted: false, state, reason, author: null, at_ms,
});

export function createLine(line) {
  if (line.day) return el("div", { class: "day" }, el("span", {}, dayName(line.day, Date.now())));
  if (line.news) return el("div", { class: "day news", data: { testid: "unread-divider" } }, el("span", {}, t("message.news")));
  if (line.message.note) return createNote(line.message);
  return el("article", { class: "message", data: { testid: "message" } },
    el("p", { class: "author", dir: "auto", data: { part: "author" } }),
    el("div", { class: "bubble", data: { part: "bubble" } }),
    el("p", { class: "reaction", data: { testid: "message-reaction" }, hidden: true }),
    el("p", { class: "meta" }, el("time", {}), el("span", { class: "edited", data: { testid: "message-edited" } }),
      el("span", { class: "delivery", data: { part: "delivery" } })));
}

function createNote({ id, author, text, at_ms: at }) {
  return el("article", { class: "message note-line", data: { testid: "note", noteId: id } },
    el("p", { class: "author" }, icon("note"), el("span", {}, t("note.by", { author }))),
    el("div", { class: "bubble" }, el("p", { class: "text", dir: "auto", data: { testid: "note-text" } }, linked(text))),
    el("p", { class: "meta" }, el("time", { datetime: iso(at), title: fullTime(at) }, timeOfDay(at))));
}

/** `context`: name of the customer, sendAgain(message). */
export function updateLine(node, line, context) {
  if (line.day || line.news || line.message.note) return;
  const { message } = line;
  setData(node, {
    messageId: message.id, mid: message.mid ?? "", direction: message.direction, kind: message.kind, state: message.state,
    deleted: message.deleted, edited: message.edited, continues: line.continues,
  });
  const time = node.querySelector("time");
  setText(time, timeOfDay(message.at_ms));
  time.dateTime = iso(message.at_ms);
  time.title = fullTime(message.at_ms);
  setText(part("author", node), authorOf(message, context.name));
  fillBubble(part("bubble", node), message, context.name);
  setText(part("message-edited", node), message.edited ? t("message.edited") : "");
  showReaction(part("message-reaction", node), message, context.name);
  fillDelivery(part("delivery", node), message, context);
}

function showReaction(node, { reaction, deleted }, name) {
  node.hidden = deleted || !reaction;
  setText(node, node.hidden ? "" : reaction);
  setAttributes(node, { "aria-label": node.hidden ? "" : t("message.reaction", { name, reaction }), role: "img" });
}

const authorOf = ({ direction, author }, name) => (direction === "in" ? name : author || t("message.you"));

// Built again only when the content is another one: a picture must not load twice.
function fillBubble(bubble, message, name) {
  const { kind, text, url, available, attachments, deleted } = message;
  const signature = JSON.stringify([deleted, kind, text, url, available, attachments, name]);
  if (shown.get(bubble) === signature) return;
  shown.set(bubble, signature);
  bubble.replaceChildren(...content(message, name));
}

function content(message, name) {
  if (message.deleted) return [el("p", { class: "deleted", data: { testid: "message-deleted" } }, t("message.deleted"))];
  const parts = message.kind === "text" && !message.attachments?.length ? [] : mediaOf(message, authorOf(message, name));
  if (message.text) parts.push(el("p", { class: isOnlyEmoji(message.text) ? "text emoji" : "text", dir: "auto", data: { testid: "message-text" } }, linked(message.text)));
  return parts;
}

const MOST_LARGE = 5;
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[#*0-9]\ufe0f?\u20e3)/u;

// A few emoji by themselves are large, as where they were written.
function isOnlyEmoji(text) {
  if (text.length > 80 || !Intl.Segmenter) return false;
  const signs = [...new Intl.Segmenter().segment(text.trim())].map(({ segment }) => segment).filter((sign) => sign.trim());
  return signs.length > 0 && signs.length <= MOST_LARGE && signs.every((sign) => EMOJI.test(sign));
}

const DELIVERY = {
  sending: () => t("message.sending"),
  sent: ({ seen_at_ms: seen }) => t(seen ? "message.seen" : "message.sent"),
  failed: ({ reason }) => (reason ? t("message.failed_because", { reason }) : t("message.failed")),
};

function fillDelivery(node, message, context) {
  const words = message.direction === "out" && !message.deleted ? DELIVERY[message.state]?.(message) ?? "" : "";
  const signature = `${message.state}\n${words}\n${context.canSend}`;
  if (shown.get(node) === signature) return;
  shown.set(node, signature);
  node.replaceChildren(words);
  if (message.state !== "failed" || message.deleted || !context.canSend) return;
  const again = () => context.sendAgain(message);
  node.append(" ", el("button", { class: "link-button", type: "button", onclick: again }, t("message.send_again")));
}
