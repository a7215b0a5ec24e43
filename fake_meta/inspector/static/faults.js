// What goes wrong on demand: the catalogue with a switch for each, and what is on.
import { button, el, fill, notice } from "./dom.js";
import { post, read, remove } from "./control.js";

const SEAMS = { webhook: "Deliveries", graph: "Graph calls", cdn: "Media" };
const HINTS = { customer: "username", account: "account id", event: "message, echo …", call: "send, read …", path: "part of the path" };
let open = null;

async function attempt(act, said, place) {
  try { await act(); await showFaults(place); notice(said); } catch (error) { notice(error.message, true); }
}

function field(label, input) {
  return el("label", { class: "field" }, el("span", {}, label), input);
}

function parameter(one) {
  const shared = { name: one.name, "aria-label": one.name, title: one.meaning };
  const input = one.words
    ? el("select", shared, one.words.map((word) => el("option", { value: word, selected: word === one.default }, word)))
    : el("input", { type: "number", step: "any", min: one.lowest, max: one.highest, value: one.default, ...shared });
  return field(`${one.name}: ${one.meaning}`, input);
}

function wishOf(form, fault) {
  const wish = { name: fault.name };
  const value = (name) => form.elements.namedItem(name).value.trim();
  for (const one of fault.parameters) wish[one.name] = one.words ? value(one.name) : Number(value(one.name));
  for (const name of fault.scope) if (value(name)) wish[name] = value(name);
  if (value("times")) wish.times = Number(value("times"));
  if (value("probability")) wish.probability = Number(value("probability"));
  return wish;
}

function row(fault, place) {
  const form = el("form", { class: "fault-form", onsubmit: (event) => {
    event.preventDefault();
    attempt(() => post("faults", wishOf(form, fault)), `${fault.name} is on.`, place);
  } },
    fault.parameters.map(parameter),
    fault.scope.map((name) => field(`only this ${name}`, el("input", { name, placeholder: HINTS[name], "aria-label": name }))),
    field("times, empty: for ever", el("input", { name: "times", type: "number", min: 1, value: 1, "aria-label": "times" })),
    field("probability", el("input", { name: "probability", type: "number", min: 0, max: 1, step: "any", value: 1, "aria-label": "probability" })),
    el("button", { "data-testid": `fault-on-${fault.name}` }, "Switch on"));
  const details = el("details", { "data-testid": `fault-${fault.name}`, ontoggle: () => { if (details.open) open = fault.name; } },
    el("summary", {}, el("strong", {}, fault.name), " ", el("span", { class: "soft" }, `§${fault.section}`), el("p", { class: "soft" }, fault.summary)),
    form);
  details.open = fault.name === open;
  return el("li", {}, details);
}

function switched(one, place) {
  const words = [...Object.entries(one.parameters), ...Object.entries(one.scope)].map(([name, value]) => `${name} ${value}`);
  if (one.probability < 1) words.push(`probability ${one.probability}`);
  words.push(one.times_left === null ? "for ever" : one.is_over ? "over" : `${one.times_left} more`);
  return el("li", { class: one.is_over ? "soft" : "", "data-testid": "fault-switched" },
    el("strong", {}, one.name), el("span", {}, [...words, `struck ${one.struck}`].join(" · ")),
    button("Switch off", () => attempt(() => remove(`faults/${one.id}`), `${one.name} is off.`, place), { "aria-label": `Switch ${one.name} off` }));
}

export async function showFaults(place) {
  const { catalogue, on } = await read("faults");
  fill(place, el("section", { class: "sheet faults" },
    el("h2", {}, "Faults"),
    el("p", { class: "soft" }, "What goes wrong between Meta and an app, off until it is switched on here. The traffic names the fault that struck."),
    on.length
      ? [el("ul", { class: "switched", "data-testid": "faults-on" }, on.map((one) => switched(one, place))),
        el("p", { class: "tools" }, button("Switch all off", () => attempt(() => remove("faults"), "All faults are off.", place), { "data-testid": "faults-off" }))]
      : el("p", { "data-testid": "faults-none" }, "Nothing is on."),
    Object.entries(SEAMS).map(([seam, title]) => [
      el("h3", {}, title),
      el("ul", { class: "catalogue" }, catalogue.filter((fault) => fault.seam === seam).map((fault) => row(fault, place)))])));
}
