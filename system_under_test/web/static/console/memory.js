// What a reload of this window must not lose: which conversation is open, and what was being written.

const KEY = "interact.window";

export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // somebody else's or a broken entry: begin anew
  }
}

export function remember({ selectedId, drafts, session }) {
  if (session) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify({ selectedId, drafts }));
}
