// The app, its access and its subscriptions.
import { button, el, fill, notice } from "./dom.js";
import { patch, post, read } from "./control.js";
import { onReveal, secret } from "./masking.js";

const LEVELS = ["none", "standard", "advanced"];
let again = null;
onReveal(() => again?.());

async function attempt(act, done) {
  try { notice(done(await act())); } catch (error) { notice(error.message, true); }
}

function choice(label, values, current, change) {
  return el("select", { "aria-label": label, onchange: (event) => change(event.target.value) },
    values.map((value) => el("option", { value, selected: value === current }, value)));
}

const fact = (name, value) => [el("dt", {}, name), el("dd", {}, value)];

const clockTime = (ms) => new Date(ms).toISOString().replace("T", " ").slice(0, 19);

function alertItem(one) {
  const stands = one.resolved_ms === null;
  const when = `${clockTime(one.at_ms)}${one.count > 1 ? `, ${one.count} times until ${clockTime(one.last_ms)}` : ""}${stands ? "" : `, over since ${clockTime(one.resolved_ms)}`}`;
  return el("li", { class: `reason ${stands ? "bad" : "quiet"}`, "data-kind": one.kind }, el("strong", {}, one.title), ` · ${when} UTC`, el("br"), one.text);
}

export async function showApp(place) {
  const [{ app, page, account, subscriptions, page_subscribed_fields: fields }, { alerts }] = await Promise.all([read("world"), read("alerts")]);
  again = () => { if (place.querySelector(".app")) showApp(place); };
  fill(place, el("section", { class: "sheet app" },
    el("h2", {}, app.name),
    el("dl", { class: "facts" },
      fact("app id", app.id), fact("app secret", secret(app.secret)), fact("verify token", secret(app.verify_token)),
      fact("mode", choice("Mode", ["development", "live"], app.mode, (mode) => attempt(() => patch("app", { mode }), () => `The app is in ${mode} mode.`))),
      fact("Page", `${page.name} · ${page.id}`), fact("Page token", secret(page.access_token)),
      fact("Instagram account", `@${account.username} · ${account.id}`)),
    alerts.length ? [el("h3", {}, "Alerts of the App Dashboard"), el("ul", { class: "alerts", "data-testid": "alerts" }, alerts.toReversed().map(alertItem))] : null,
    el("h3", {}, "Permissions"),
    el("dl", { class: "facts" }, Object.entries(app.access).map(([name, level]) => fact(name,
      choice(name, LEVELS, level, (now) => attempt(() => patch("app", { access: { [name]: now } }), () => `${name}: ${now} access.`))))),
    el("h3", {}, "Webhooks"),
    subscriptions.length
      ? el("ul", {}, subscriptions.map((one) => el("li", {}, `${one.object} → ${one.callback_url} · ${one.fields.join(", ")}${one.active ? "" : " · disabled"}`)))
      : el("p", { class: "soft" }, "No subscription yet: POST /{app-id}/subscriptions."),
    el("p", { class: "soft" }, fields ? `Installed on the Page with ${fields.join(", ")}.` : "Not installed on the Page: POST /{page-id}/subscribed_apps."),
    el("p", { class: "tools" },
      button("Send the Test event", () => attempt(() => post("webhook/test-event"), (entry) => `Test event: ${entry.outcome}${entry.reason ? `, ${entry.reason}` : ""}.`), { "data-testid": "test-event" }),
      button("Verify the callback", () => attempt(() => post("webhook/verify"), (seen) => (seen.verified ? "The callback is verified." : `Not verified: ${seen.error}`))))));
}
