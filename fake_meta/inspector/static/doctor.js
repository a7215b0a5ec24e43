// Why no webhook arrives.
import { button, el, fill } from "./dom.js";
import { read } from "./control.js";

const SIGNS = { good: "✓", wrong: "✗", unknown: "?" };

function finding(one) {
  return el("li", { class: one.health, "data-testid": "finding", "data-layer": one.layer },
    el("span", { class: "sign", "aria-hidden": "true" }, SIGNS[one.health]),
    el("div", {},
      el("strong", {}, one.layer), el("span", { class: "visually-hidden" }, ` ${one.health}: `),
      el("p", {}, one.seen),
      one.health !== "good" && one.cure ? el("p", { class: "cure" }, one.cure) : null),
    el("span", { class: "soft" }, `§${one.section}`));
}

const PLATFORMS = ["instagram", "messenger"];
const addressOf = (customer, platform) => `#/doctor/${encodeURIComponent(customer)}${platform === PLATFORMS[0] ? "" : `/${platform}`}`;

export async function showDoctor(place, argument) {
  const [customer, platform = PLATFORMS[0]] = argument.split("/");
  const asked = new URLSearchParams({ platform, ...(customer ? { customer } : {}) });
  const [{ customers }, answer] = await Promise.all([read("world"), read(`doctor?${asked}`)]);
  const where = el("select", {
    "aria-label": "Where they were written", "data-testid": "doctor-platform",
    onchange: (event) => { location.hash = addressOf(customer, event.target.value); },
  }, PLATFORMS.map((value) => el("option", { value, selected: value === platform }, value)));
  const choice = el("select", {
    "aria-label": "Whose messages do not arrive", "data-testid": "doctor-customer",
    onchange: (event) => { location.hash = addressOf(event.target.value, platform); },
  }, el("option", { value: "" }, "anybody's"),
  customers.map((one) => el("option", { value: one.username, selected: one.username === customer }, one.username)));
  fill(place, el("section", { class: "sheet" },
    el("h2", {}, "Why does no webhook arrive?"),
    el("p", { class: "tools" }, el("label", {}, "Look for ", choice, " messages on ", where),
      button("Look again", () => showDoctor(place, argument))),
    el("p", { class: `verdict ${answer.healthy ? "good" : "bad"}`, "data-testid": "diagnosis" },
      answer.healthy ? "Nothing is wrong on Meta’s side." : `First to mend: ${answer.first_wrong.layer}. ${answer.first_wrong.cure}.`),
    el("ol", { class: "findings" }, answer.findings.map(finding))));
}
