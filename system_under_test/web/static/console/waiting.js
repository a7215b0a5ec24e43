// How long a customer has been waiting for an answer: yellow at half of the goal, red at all of it, each
// with a sign of its own, because not everybody sees the colour.
import { el, icon, setAttributes, setData, setIcon, setText } from "./dom.js";
import { t } from "./texts.js";
import { elapsed } from "./times.js";

const ICONS = { fine: "clock", warn: "clock", late: "alert" };

/** fine, warn or late. */
export function levelOf(waitedMs, goalMs) {
  if (waitedMs >= goalMs) return "late";
  return waitedMs >= goalMs / 2 ? "warn" : "fine";
}

export function createWait(testid) {
  return el("span", { class: "wait", data: { testid }, hidden: true },
    icon("clock"), el("span", { class: "visually-hidden" }), el("span", { class: "wait-time", role: "timer", "aria-live": "off" }));
}

/** Shows a conversation's wait in a node of `createWait`; nothing when nobody waits. */
export function fillWait(node, conversation, goalMs, now) {
  const since = conversation?.state === "active" ? conversation.waiting_since_ms : null;
  node.hidden = since === null || since === undefined;
  if (node.hidden) return;
  const waited = Math.max(0, now - since);
  const level = levelOf(waited, goalMs);
  setData(node, { level });
  setIcon(node.firstElementChild, ICONS[level]);
  setText(node.children[1], t(`wait.${level}`));
  setAttributes(node, { title: t(`wait.${level}`) });
  setText(node.lastElementChild, elapsed(waited));
}
