// One exchange in detail.
import { button, el, fill, notice } from "./dom.js";
import { post } from "./control.js";
import { curl } from "./curl.js";
import { kindOf, statusOf, timeOf, titleOf, toneOf } from "./entries.js";
import { isRevealed } from "./masking.js";

const pretty = (body) => {
  try { return JSON.stringify(JSON.parse(body), null, 2); } catch { return null; }
};

function headersTable(headers) {
  return el("dl", { class: "headers" }, Object.entries(headers).map(([name, value]) => [
    el("dt", {}, name), el("dd", {}, value),
  ]));
}

function block(title, text, testid) {
  const copy = button("Copy", async () => {
    await navigator.clipboard.writeText(text);
    notice(isRevealed() ? "Copied." : "Copied without the secrets; tick “Show secrets” to copy them too.");
  }, { class: "small" });
  return el("section", {}, el("h3", {}, title, copy), el("pre", { tabindex: "0", "data-testid": testid }, text));
}

function message(title, part, prefix) {
  if (!part) return null;
  const formatted = pretty(part.body);
  return el("section", { class: "message" },
    el("h3", {}, title),
    el("p", { class: "line" }, part.method ? `${part.method} ${part.url}` : `status ${part.status}`),
    headersTable(part.headers),
    part.body ? block("Body as sent", part.body, `${prefix}-body`) : el("p", { class: "soft" }, "no body"),
    formatted && formatted !== part.body ? block("Body, formatted", formatted, `${prefix}-pretty`) : null);
}

function facts(entry) {
  const rows = [
    ["what", `${kindOf(entry)} · ${titleOf(entry)}`],
    ["when", `${timeOf(entry.at_ms)} UTC on the virtual clock, ${entry.duration_ms} ms`],
    ["customer", entry.customer], ["mid", entry.mids.join(", ")],
    ["attempt", entry.attempt], ["outcome", `${entry.outcome.replace("_", " ")} (${statusOf(entry)})`],
  ].filter(([, value]) => value);
  return el("dl", { class: "facts" }, rows.map(([name, value]) => [el("dt", {}, name), el("dd", {}, String(value))]));
}

function doctorOf(entry) {
  const isMessenger = entry.events.some((one) => one.startsWith("messenger_"));
  return `#/doctor/${encodeURIComponent(entry.customer)}${isMessenger ? "/messenger" : ""}`;
}

/** Draw `entry` into `place`; `close` is called when the reader is done. */
export function drawExchange(place, entry, close) {
  const again = entry.kind === "webhook_delivery" && button("Send once more", async () => {
    try {
      const made = await post("webhook/redeliver", { seq: entry.seq });
      notice(`Sent once more as entry ${made.seq}: ${made.outcome}.`, made.outcome === "failed");
    } catch (error) { notice(error.message, true); }
  }, { "data-testid": "redeliver" });
  fill(place,
    el("header", {},
      el("h2", { tabindex: "-1" }, `Entry ${entry.seq}`),
      again, button("Close", close, { "aria-label": "Close the entry", "data-testid": "close-entry" })),
    entry.faults.length > 0 && el("p", { class: "reason", "data-testid": "struck" }, `Struck by the fault ${entry.faults.join(", ")}.`),
    entry.reason && el("p", { class: `reason ${toneOf(entry)}`, "data-testid": "reason" }, entry.reason),
    entry.outcome === "not_sent" && entry.customer && el("p", {}, el("a", { href: doctorOf(entry), "data-testid": "ask-doctor" }, "What else stands in the way? Ask the doctor.")),
    facts(entry),
    message(entry.kind === "graph_call" ? "The app asked" : "Meta sent", entry.request, "request"),
    message(entry.kind === "graph_call" ? "Meta answered" : "The app answered", entry.response, "response"),
    entry.request && block("Repeat it with cURL", curl(entry.request), "curl"));
}
