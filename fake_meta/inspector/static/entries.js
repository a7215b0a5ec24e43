// Words for the entries of the journal.

const KINDS = {
  webhook_delivery: "webhook",
  webhook_verification: "verification",
  webhook_not_sent: "not sent",
  graph_call: "Graph",
  login_callback: "callback",
};

export const kindOf = (entry) => KINDS[entry.kind] ?? entry.kind.replaceAll("_", " ");
export const isOutbound = (entry) => entry.kind !== "graph_call";

/** good, bad, quiet (nothing was sent, on purpose). */
export function toneOf(entry) {
  if (entry.outcome === "not_sent") return "quiet";
  if (entry.outcome === "failed") return "bad";
  return entry.response && entry.response.status >= 400 ? "bad" : "good";
}

/** What it is about: the event, or method and path. */
export function titleOf(entry) {
  if (entry.kind === "graph_call" && entry.request) {
    return `${entry.request.method} ${pathOf(entry.request.url)}`;
  }
  return entry.events.join(", ") || kindOf(entry);
}

export const statusOf = (entry) => (entry.response ? String(entry.response.status) : entry.outcome.replace("_", " "));
export const timeOf = (ms) => new Date(ms).toISOString().slice(11, 23);

function pathOf(url) {
  const bare = url.replace(/^https?:\/\/[^/]+/, "");
  return bare.split("?")[0];
}

/** Everything in which the filter looks. */
export function textOf(entry) {
  return [entry.seq, kindOf(entry), titleOf(entry), entry.customer, entry.outcome, statusOf(entry), entry.reason,
    ...entry.mids, ...entry.events, entry.request?.url, entry.request?.body, entry.response?.body]
    .filter(Boolean).join("\n").toLowerCase();
}
