// What becomes of a message or conversation that is known already when it is told once more.
//
// States and events overlap: an event may be older than what a read has told. So knowledge only
// grows: a deleted message stays deleted, a message that was sent is never "sending" again.

const RANK = { sending: 0, received: 1, sent: 1, failed: 1 };

export function newer(known, told) {
  if (!known) return told;
  if (known.deleted && !told.deleted) return known;
  const tries = (told.tries ?? 0) - (known.tries ?? 0); // a reply that is sent again begins anew
  if (tries) return tries > 0 ? told : known;
  if (RANK[told.state] < RANK[known.state]) return { ...told, state: known.state, reason: known.reason, mid: known.mid };
  return told;
}

/** Messages in order of `order_ms`; those too late for their place by their own time, last by arrival. */
export function withMessage(messages, told) {
  const at = messages.findIndex((message) => message.id === told.id);
  if (at < 0) return insert(messages, told);
  const message = newer(messages[at], told);
  const isInPlace = message.order_ms === messages[at].order_ms;
  return isInPlace ? messages.with(at, message) : insert(messages.toSpliced(at, 1), message);
}

function insert(messages, message) {
  let place = messages.length;
  while (place > 0 && isAfter(messages[place - 1], message)) place -= 1;
  return messages.toSpliced(place, 0, message);
}

function isAfter(one, other) {
  if (one.order_ms !== other.order_ms) return one.order_ms > other.order_ms;
  return lateness(one) > lateness(other);
}

function lateness(message) {
  return message.direction === "in" && message.at_ms < message.order_ms ? message.at_ms : 0;
}

/** `told` on top of `known`; messages and previous ones stay when `told` does not bring any. */
export function mergeConversation(known, told) {
  if (!known) return { early: [], ...told };
  const merged = { ...known, ...told, messages: known.messages, previous: told.previous ?? known.previous };
  merged.notes = withNotes(told.notes ?? [], known.notes ?? []);
  if (!told.messages) return merged;
  const later = [...(known.messages ?? []), ...known.early];
  merged.messages = later.reduce(mergeKnown, told.messages);
  merged.early = [];
  return merged;
}

/** Notes never change: those of both, each once, in their order. */
export function withNotes(notes, others) {
  const ids = new Set(notes.map((note) => note.id));
  return [...notes, ...others.filter((note) => !ids.has(note.id))].sort((a, b) => a.at_ms - b.at_ms || a.id - b.id);
}

// `known` was told before the read that `messages` come from; the read wins where both know it.
function mergeKnown(messages, known) {
  const read = messages.find((message) => message.id === known.id);
  return withMessage(messages, read ? newer(known, read) : known);
}
