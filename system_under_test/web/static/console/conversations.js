// The list of open conversations.
import { avatar, avatarKey } from "./avatar.js";
import { el, icon, keyed, part, setAttributes, setData, setIcon, setText } from "./dom.js";
import { openConversations } from "./reducer.js";
import { t } from "./texts.js";
import { ago, fullTime, iso } from "./times.js";
import { createWait, fillWait } from "./waiting.js";

const AGE_MS = 20_000;
const TICK_MS = 1000;

export class ConversationList {
  #list = part("conversation-list");
  #empty = part("no-conversations");
  #why = part("no-conversations-why");

  constructor(store, select) {
    this.select = select;
    setInterval(() => this.draw(store.state), AGE_MS);
    setInterval(() => this.#tick(store.state), TICK_MS);
  }

  draw(state) {
    const open = openConversations(state);
    const total = state.slots.length;
    keyed(this.#list, open, (one) => one.id, () => this.#create(), (node, one) => {
      fill(node.firstElementChild, one, { total, isSelected: one.id === state.selectedId, goalMs: state.replyGoalMs, hasDraft: Boolean(state.drafts[one.id]?.trim()) });
    });
    this.#empty.hidden = !state.loaded || open.length > 0;
    setText(this.#why, t(state.status?.routable ? "conversations.empty_receiving" : "conversations.empty_away"));
  }

  #tick({ conversations, replyGoalMs }) {
    for (const row of this.#list.querySelectorAll(".conversation")) {
      fillWait(part("conversation-wait", row), conversations[row.dataset.conversationId], replyGoalMs, Date.now());
    }
  }

  #create() {
    const go = (event) => this.select(event.currentTarget.dataset.conversationId);
    const cell = (name, tag = "span", props = {}) =>
      el(tag, { class: name, ...props, data: { testid: name } });
    return el("li", {}, el("button", { class: "conversation", type: "button", data: { testid: "conversation" }, onclick: go },
      el("span", { class: "avatar-place", data: { part: "avatar" } }),
      el("span", { class: "conversation-words" },
        el("span", { class: "line" }, cell("conversation-name", "bdi"), cell("conversation-time", "time")),
        el("span", { class: "line" }, cell("conversation-draft"), cell("conversation-preview", "span", { dir: "auto" }),
          cell("conversation-unread", "span", { "aria-hidden": "true" }), el("span", { class: "visually-hidden", data: { part: "unread-words" } })),
        el("span", { class: "line small" },
          el("span", { class: "channel", data: { part: "channel" } }, icon("instagram"), el("span", { class: "visually-hidden", data: { part: "medium" } }), el("span", { data: { testid: "conversation-channel" } })), createWait("conversation-wait"), cell("conversation-slot")),
      )));
  }
}

function fill(node, one, { total, isSelected, goalMs, hasDraft }) {
  const cell = (name) => part(name, node);
  const now = Date.now();
  setData(node, { conversationId: one.id, state: one.state, selected: isSelected, unread: one.unread > 0 });
  if (isSelected) setAttributes(node, { "aria-current": "true" });
  else node.removeAttribute("aria-current");
  fillAvatar(part("avatar", node), one);
  setText(cell("conversation-name"), one.name);
  setAttributes(cell("conversation-name"), { title: one.name });
  setText(cell("conversation-preview"), previewOf(one));
  setText(cell("conversation-draft"), hasDraft && !isSelected ? t("conversations.draft") : "");
  setText(cell("conversation-time"), ago(one.last_at_ms, now));
  setAttributes(cell("conversation-time"), { datetime: iso(one.last_at_ms), title: fullTime(one.last_at_ms) });
  setText(cell("conversation-unread"), String(one.unread || ""));
  cell("conversation-unread").hidden = !one.unread;
  setText(part("unread-words", node), one.unread ? t("conversations.unread", { count: one.unread }) : "");
  setText(cell("conversation-slot"), one.slot ? `${one.slot}/${total}` : "");
  fillWait(part("conversation-wait", node), one, goalMs, now);
  fillChannel(part("channel", node), one.channel);
}

function fillChannel(node, { kind, label, name }) {
  setIcon(node.firstElementChild, kind);
  setText(part("medium", node), `${label} `);
  setText(node.lastElementChild, name);
  setAttributes(node, { title: t("conversations.channel", { label, name }) });
}

function fillAvatar(place, one) {
  const key = avatarKey(one);
  if (place.firstElementChild && place.dataset.shows === key) return;
  place.dataset.shows = key;
  place.replaceChildren(avatar(one));
}

/** The last message in a line; what was deleted is never told here either. */
export function previewOf(one) {
  const last = one.messages?.at(-1);
  if (!last) return one.preview || t("preview.none");
  if (last.deleted) return t("preview.deleted");
  const words = last.text.trim().replace(/\s+/g, " ");
  return words && last.kind !== "story_mention" ? words : t(`preview.${last.kind}`);
}
