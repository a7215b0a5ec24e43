// What a reload of this window must not lose: which conversation is open, what was being written,
// and what was sent and never answered.

const KEY = "interact.window";

export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // somebody else's or a broken entry: begin anew
  }
}

export function remember({ selectedId, drafts, pending, session }) {
  if (session) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify({ selectedId, drafts, pending }));
}

/** What was on its way when the window was left: whether the server had it, nobody told. */
export function unanswered(pending, reason) {
  const lost = (one) => (one.state === "sending" ? { ...one, state: "failed", reason, unanswered: true } : one);
  return Object.fromEntries(Object.entries(pending ?? {}).map(([id, all]) => [id, all.map(lost)]));
}
