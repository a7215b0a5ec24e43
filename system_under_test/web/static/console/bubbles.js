// One message: its bubble, its author, time and state.
import { el, part, setAttributes, setData, setText } from "./dom.js";
import { mediaOf } from "./media.js";
import { t } from "./texts.js";
import { dayKey, dayName, fullTime, iso, timeOfDay } from "./times.js";

const TOGETHER_MS = 5 * 60_000;
const shown = new WeakMap();

/** Messages, our own that are on their way, and a line for each new day. */
export function lines(messages, pending) {
  const all = [...messages, ...pending.map(asMessage)];
  return all.flatMap((message, at) => {
    const before = all[at - 1];
    const isNewDay = !before || dayKey(before.at_ms) !== dayKey(message.at_ms);
    const line = { key: `message:${message.id}`, message, continues: !isNewDay && continues(before, message) };
    return isNewDay ? [{ key: `day:${dayKey(message.at_ms)}`, day: message.at_ms }, line] : [line];
  });
}

const continues = (before, message) =>
  before.direction === message.direction && before.author === message.author && message.at_ms - before.at_ms < TOGETHER_MS;

const asMessage = ({ key, text, at_ms, state, reason }) => ({
  id: `local:${key}`, key, mid: null, direction: "out", kind: "text", text, url: null, available: true, attachments: [],
  deleted: false, state, reason, author: null, at_ms,
});

export function createLine(line) {
  if (line.day) return el("div", { class: "day" }, el("span", {}, dayName(line.day, Date.now())));
  return el("article", { class: "message", data: { testid: "message" } },
    el("p", { class: "author", dir: "auto", data: { part: "author" } }),
    el("div", { class: "bubble", data: { part: "bubble" } }),
    el("p", { class: "reaction", data: { testid: "message-reaction" }, hidden: true }),
    el("p", { class: "meta" }, el("time", {}), el("span", { class: "edited", data: { testid: "message-edited" } }),
      el("span", { class: "delivery", data: { part: "delivery" } })));
}

/** `context`: name of the customer, sendAgain(message). */
export function updateLine(node, line, context) {
  if (line.day) return;
  const { message } = line;
  setData(node, {
    messageId: message.id, mid: message.mid ?? "", direction: message.direction, kind: message.kind, state: message.state,
    deleted: message.deleted, continues: line.continues,
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
  if (message.text) parts.push(el("p", { class: "text", dir: "auto", data: { testid: "message-text" } }, message.text));
  return parts;
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
