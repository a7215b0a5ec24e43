// What the console knows, and how each happening changes it. Pure: values in, values out.
import { mergeConversation, newer, withMessage, withNotes } from "./merging.js";

export const NOTHING = Object.freeze({
  loaded: false, cursor: 0, agent: null, status: null, statuses: [], quickReplies: [], replyGoalMs: 120_000, slots: [], queueLength: 0, channels: [],
  conversations: {}, selectedId: null, previous: null, drafts: {}, pending: {}, ending: {}, news: null,
  connection: "open", session: null, view: "list",
});

export function reduce(state, action) {
  const change = CHANGES[action.type];
  if (!change) throw new Error(`the console knows no change "${action.type}"`);
  return change(state, action);
}

const CHANGES = {
  stateRead(state, { told }) {
    const conversations = {};
    for (const one of told.conversations) {
      const known = state.conversations[one.id];
      // what is held of a conversation may be old after a gap: shown for now, and read again
      conversations[one.id] = { ...one, early: [], messages: known?.messages, previous: known?.previous, notes: known?.notes, first_seen_ms: known?.first_seen_ms };
    }
    const selectedId = conversations[state.selectedId] ? state.selectedId : null;
    return {
      ...state, conversations, selectedId, loaded: true, cursor: told.cursor, agent: told.agent, status: told.status,
      statuses: told.statuses, quickReplies: told.quick_replies ?? [], replyGoalMs: told.reply_goal_ms ?? state.replyGoalMs, slots: told.slots, queueLength: told.queue_length, channels: told.channels ?? [],
      view: selectedId ? state.view : "list",
    };
  },

  event(state, { event }) {
    if (event.id <= state.cursor) return state;
    const apply = EVENTS[event.type];
    const next = apply ? apply(state, event.data) : state;
    return { ...next, cursor: event.id };
  },

  conversationRead: (state, { told }) =>
    state.conversations[told.id] ? placeNews(withConversation(state, told)) : state,

  selected: (state, { id }) => ({
    ...placeNews({ ...forgetEnded(state, id), news: newsOf(state, id) }), selectedId: id, previous: null, view: id ? "pane" : "list",
  }),
  returned(state, { id, at_ms }) {
    const news = newsOf(state, id);
    return news ? placeNews({ ...state, news: { ...news, back_ms: at_ms } }) : state;
  },
  noteTold: (state, { id, note }) => takeNote(state, { conversation_id: id, note }),
  listShown: (state) => ({ ...state, view: "list" }),
  previousShown: (state, { told }) => ({ ...state, previous: told }),
  statusTold: (state, { status }) => ({ ...state, status }),
  wasRead: (state, { id }) => patch(state, id, { unread: 0, seenId: lastIn(state.conversations[id]) }),
  drafted: (state, { id, text }) => ({ ...state, drafts: { ...state.drafts, [id]: text } }),

  sendStarted(state, { id, key, text, at_ms }) {
    const others = pendingOf(state, id).filter((one) => one.key !== key);
    return setPending({ ...state, news: null }, id, [...others, { key, text, at_ms, state: "sending", reason: null }]);
  },
  sendAccepted(state, { id, key, message }) {
    const rest = pendingOf(state, id).filter((one) => one.key !== key);
    return takeMessage(setPending(state, id, rest), { conversation_id: id, message });
  },
  messageTold: (state, { id, message }) => takeMessage(state, { conversation_id: id, message }),
  sendFailed(state, { id, key, reason, unanswered = false }) {
    const failed = (one) => (one.key === key ? { ...one, state: "failed", reason, unanswered } : one);
    return setPending(state, id, pendingOf(state, id).map(failed));
  },
  sendDropped: (state, { id, key }) =>
    setPending(state, id, pendingOf(state, id).filter((one) => one.key !== key)),

  endStarted: (state, { id }) => ({ ...state, ending: { ...state.ending, [id]: true } }),
  endFailed: (state, { id }) => ({ ...state, ending: { ...state.ending, [id]: false } }),
  ended: (state, { id }) => endConversation(state, id),
  told: (state, { told }) => withConversation({ ...state, ending: { ...state.ending, [told.id]: false } }, told),

  connection: (state, { connection }) => ({ ...state, connection }),
  sessionEnded: (state, { kind, message }) => (state.session ? state : { ...state, session: { kind, message } }),
};

const EVENTS = {
  conversation_opened: withConversation,
  conversation_updated: withConversation,
  conversation_ended: (state, { id }) => endConversation(state, id),
  conversation_removed: (state, { id, reason }) => endConversation(state, id, reason),
  message: takeMessage,
  message_updated: takeMessage,
  note: takeNote,
  status: (state, status) => ({ ...state, status }),
  channel: (state, told) => ({ ...state, channels: [...state.channels.filter((one) => one.id !== told.id), told] }),
  queue: (state, { length }) => ({ ...state, queueLength: length }),
  taken_over: (state, { message }) => CHANGES.sessionEnded(state, { kind: "taken_over", message }),
};

/** Open conversations in the order of their slots, which never jumps under the agent's hand. */
export function openConversations(state) {
  return Object.values(state.conversations)
    .filter((one) => one.state !== "ended")
    .sort((a, b) => (a.slot ?? 99) - (b.slot ?? 99) || a.opened_at_ms - b.opened_at_ms);
}

export const selectedConversation = (state) => state.conversations[state.selectedId] ?? null;

const GLANCE_MS = 2_000;
const lastIn = (conversation) => conversation?.messages?.findLast((one) => one.direction === "in")?.id ?? null;

/** How many messages of the selected conversation the agent cannot have read: what came unseen, or was
 * away from the eyes until this moment. A count that is told late says nothing of what stood there. */
export function unseenCount(state, now_ms) {
  const chosen = selectedConversation(state);
  if (chosen?.unread && lastIn(chosen) !== chosen.seenId) return chosen.unread;
  const { news } = state;
  const isFresh = news?.firstId && news.id === chosen?.id && now_ms - news.back_ms < GLANCE_MS;
  return isFresh ? news.count : 0;
}

/** Why nothing can be sent through the conversation's channel; null when all is well. */
export function troubleOf(state, { channel }) {
  const told = state.channels.find((one) => one.id === channel.id) ?? channel;
  return told.trouble ?? null;
}

export const pendingOf = (state, id) => state.pending[id] ?? [];

function withConversation(state, told) {
  const had = state.conversations[told.id];
  if (had?.state === "ended" && !had.removed) return state;
  const known = had?.removed ? undefined : had; // it went to somebody else, and now comes back
  if (told.state === "ended") return known ? endConversation(state, told.id) : state;
  const merged = mergeConversation(known, told);
  return { ...state, conversations: { ...state.conversations, [told.id]: merged } };
}

function patch(state, id, values) {
  const known = state.conversations[id];
  return known ? { ...state, conversations: { ...state.conversations, [id]: { ...known, ...values } } } : state;
}

// What came while the agent was elsewhere begins at the first of so many messages; a line before the
// very first one of a conversation would say nothing.
const newsOf = (state, id) => {
  const count = state.conversations[id]?.unread ?? 0;
  return count ? { id, count, firstId: null } : null;
};

function placeNews(state) {
  const { news } = state;
  const messages = news && state.conversations[news.id]?.messages;
  if (!messages || news.firstId) return state;
  const first = messages.filter((one) => one.direction === "in").at(-news.count);
  return { ...state, news: first && first !== messages[0] ? { ...news, firstId: first.id } : null };
}

function takeNote(state, { conversation_id: id, note }) {
  const known = state.conversations[id];
  return known ? patch(state, id, { notes: withNotes(known.notes ?? [], [note]) }) : state;
}

function takeMessage(state, { conversation_id: id, message }) {
  const known = state.conversations[id];
  if (!known) return takePrevious(state, id, message);
  const isNews = !known.messages?.some((one) => one.id === message.id);
  const next = isNews && message.direction === "out" ? forgetTwin(state, id, message) : state;
  if (!known.messages) return patch(next, id, { early: [...known.early, message] });
  return patch(next, id, { messages: withMessage(known.messages, message) });
}

// The event of our own message may overtake the answer to its POST: never show it twice.
function forgetTwin(state, id, message) {
  const pending = pendingOf(state, id);
  const twin = pending.find((one) => one.state === "sending" && one.text === message.text);
  return twin ? setPending(state, id, pending.filter((one) => one !== twin)) : state;
}

// A message of an ended conversation that is being looked at may be unsent as well, and the company
// may have written more, from the phone or by another program.
function takePrevious(state, id, message) {
  if (state.previous?.id !== id) return state;
  const messages = withMessage(state.previous.messages, message);
  return { ...state, previous: { ...state.previous, messages } };
}

const setPending = (state, id, pending) => ({ ...state, pending: { ...state.pending, [id]: pending } });

// Whoever ends a conversation goes on with the next; whoever loses one may still read it. `removed`
// says why it is with somebody else now, and is absent when it has ended.
function endConversation(state, id, removed) {
  const known = state.conversations[id];
  if (!known || known.state === "ended") return state;
  const ended = patch(state, id, { state: "ended", unread: 0, slot: null, removed });
  if (state.selectedId === id && !state.ending[id]) return ended;
  const order = openConversations(state).map((one) => one.id);
  const place = order.indexOf(id);
  const next = order[place + 1] ?? order[place - 1] ?? null;
  const chosen = state.selectedId === id ? next : state.selectedId;
  const view = chosen && state.view === "pane" && state.selectedId !== id ? "pane" : "list";
  return { ...forgetEnded(ended, chosen), selectedId: chosen, previous: state.selectedId === id ? null : state.previous, view };
}

function forgetEnded(state, exceptId) {
  const kept = Object.values(state.conversations).filter((one) => one.state !== "ended" || one.id === exceptId);
  if (kept.length === Object.keys(state.conversations).length) return state;
  const ids = new Set(kept.map((one) => one.id));
  const only = (table) => Object.fromEntries(Object.entries(table).filter(([id]) => ids.has(id.split(" ")[0]))); // a note's draft has a key of its own
  return {
    ...state, conversations: Object.fromEntries(kept.map((one) => [one.id, one])),
    drafts: only(state.drafts), pending: only(state.pending), ending: only(state.ending),
  };
}
