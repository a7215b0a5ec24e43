// The live list of everything that came and went.
import { button, el, fill, notice } from "./dom.js";
import { read } from "./control.js";
import { isOutbound, kindOf, statusOf, textOf, timeOf, titleOf, toneOf } from "./entries.js";
import { drawExchange } from "./exchange.js";
import { isRevealed, onReveal } from "./masking.js";

const KEPT = 2000;
const AT_ONCE = 500;
const WAIT_S = 20;
const PAUSE_MS = 1500;
const KINDS = [["", "everything"], ["webhook", "webhooks"], ["not sent", "not sent"], ["Graph", "Graph calls"], ["bad", "failures"]];

let entries = [];
let after = -1;
let isLoading = true; // until what was there at the beginning is drawn
let rows = new Map();
let chosen = null;
let filter = "";
let kind = "";
let paused = false;
let parts = null;

const wanted = (entry) =>
  (!kind || kindOf(entry) === kind || (kind === "bad" && toneOf(entry) === "bad")) &&
  (!filter || textOf(entry).includes(filter));

function row(entry) {
  const tone = toneOf(entry);
  const node = el("li", {},
    el("a", { href: `#/traffic/${entry.seq}`, class: `row ${tone}`, "data-testid": "entry", "data-seq": entry.seq, "data-kind": entry.kind },
      el("span", { class: "seq" }, String(entry.seq)),
      el("time", {}, timeOf(entry.at_ms)),
      el("span", { class: "way", title: kindOf(entry) }, isOutbound(entry) ? "→ app" : "← app"),
      el("span", { class: "what" }, titleOf(entry), entry.attempt > 1 ? el("em", {}, ` attempt ${entry.attempt}`) : null),
      el("span", { class: "who" }, entry.customer ?? ""),
      el("span", { class: `status ${tone}` }, statusOf(entry)),
      el("span", { class: "ms" }, entry.request ? `${entry.duration_ms.toFixed(1)} ms` : ""),
      entry.faults.length ? el("span", { class: "struck", "data-testid": "struck" }, `fault: ${entry.faults.join(", ")}`) : null,
      entry.reason ? el("span", { class: "why" }, entry.reason) : null));
  return node;
}

function redraw() {
  rows = new Map(entries.filter(wanted).map((entry) => [entry.seq, row(entry)]));
  fill(parts.list, [...rows.values()].reverse());
  mark();
  count();
}

function count() {
  parts.count.textContent = `${rows.size} of ${entries.length}${paused ? ", paused" : ""}`;
  parts.empty.hidden = rows.size > 0;
  parts.empty.textContent = entries.length ? "Nothing matches the filter." : isLoading ? "Loading…"
    : "Nothing came or went yet. Let a customer write, or call the Graph API; if no webhook arrives, ask the Doctor.";
}

function mark() {
  for (const [seq, node] of rows) {
    node.firstChild.toggleAttribute("aria-current", seq === chosen);
  }
}

function take(found) {
  for (const entry of found) {
    entries.push(entry);
    if (wanted(entry)) {
      const node = row(entry);
      rows.set(entry.seq, node);
      parts.list.prepend(node);
    }
  }
  for (const old of entries.splice(0, Math.max(0, entries.length - KEPT))) {
    rows.get(old.seq)?.remove();
    rows.delete(old.seq);
  }
  count();
}

const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });

async function look() {
  if (after < 0) {
    const { first_seq: first, last_seq: last } = await read("journal?limit=0");
    after = Math.max(0, last - AT_ONCE);
    isLoading = last >= first; // a reset forgets entries and counts on
    count();
    isLive();
  }
  const { entries: found, last_seq: last } = await read(`journal?after=${after}&limit=${AT_ONCE}&wait_s=${WAIT_S}`);
  if (found.length) after = found[found.length - 1].seq;
  if (last - after > KEPT) after = last - AT_ONCE;
  isLoading = false;
  take(found);
}

function isLive() {
  parts.live.className = "live on";
  parts.live.textContent = "live";
}

async function follow() {
  for (;;) {
    if (paused || document.hidden) { await rest(PAUSE_MS / 5); continue; }
    try {
      await look();
      isLive();
    } catch {
      parts.live.className = "live off";
      parts.live.textContent = "the emulator does not answer";
      await rest(PAUSE_MS);
    }
  }
}

function step(way) {
  const shown = [...rows.keys()].sort((a, b) => b - a);
  const at = shown.indexOf(chosen);
  const next = shown[at < 0 ? 0 : at + way];
  if (next !== undefined) location.hash = `#/traffic/${next}`;
}

function keys(event) {
  if (!parts?.root.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    Escape: () => { location.hash = "#/traffic"; }, "/": () => parts.filter.focus(),
  }[event.key];
  if (act && !(event.key.startsWith("Arrow") && event.target.closest(".detail"))) { event.preventDefault(); act(); }
}

function build() {
  const list = el("ol", { class: "entries", "aria-label": "Exchanges, newest first" });
  const search = el("input", {
    type: "search", placeholder: "Filter: mid, name, path, text …", "aria-label": "Filter", "data-testid": "filter",
    oninput: (event) => { filter = event.target.value.trim().toLowerCase(); redraw(); },
  });
  const choice = el("select", { "aria-label": "Kind", "data-testid": "kind", onchange: (event) => { kind = event.target.value; redraw(); } },
    KINDS.map(([value, label]) => el("option", { value }, label)));
  const pause = button("Pause", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on" : "Pause";
    count();
  }, { "data-testid": "pause" });
  const live = el("span", { class: "live" }, "connecting");
  const number = el("span", { class: "soft", "data-testid": "count" });
  const empty = el("p", { class: "empty" });
  const detail = el("aside", { class: "detail", hidden: true, "aria-label": "Entry", "data-testid": "detail" });
  const root = el("div", { class: "traffic" },
    el("div", { class: "tools" }, search, choice, pause, live, number,
      el("span", { class: "keys" }, el("kbd", {}, "j"), el("kbd", {}, "k"), " move ", el("kbd", {}, "/"), " filter ", el("kbd", {}, "Esc"), " close")),
    el("div", { class: "split" }, el("div", { class: "listing" }, empty, list), detail));
  parts = { root, list, filter: search, live, count: number, empty, detail };
  document.addEventListener("keydown", keys);
  onReveal(() => { if (chosen !== null) open(chosen); });
  count();
  follow();
}

async function open(seq) {
  let entry = isRevealed() ? null : entries.find((one) => one.seq === seq);
  if (!entry) {
    const secrets = isRevealed() ? "shown" : "masked";
    const { entries: found } = await read(`journal?after=${seq - 1}&limit=1&secrets=${secrets}`);
    [entry] = found;
  }
  if (!entry || entry.seq !== seq) { notice(`The journal holds no entry ${seq}.`, true); location.hash = "#/traffic"; return; }
  drawExchange(parts.detail, entry, () => { location.hash = "#/traffic"; });
}

/** Show the list, and the entry that the address names. */
export async function showTraffic(place, argument) {
  if (!parts) build();
  if (!parts.root.isConnected) fill(place, parts.root);
  chosen = argument ? Number(argument) : null;
  parts.detail.hidden = chosen === null;
  parts.root.classList.toggle("reading", chosen !== null);
  mark();
  if (chosen !== null) await open(chosen);
  rows.get(chosen)?.scrollIntoView({ block: "nearest" });
}
