// What the emulator does where Meta leaves it open, with a switch for each.
import { el, fill, notice } from "./dom.js";
import { patch, read } from "./control.js";

function control(row, change) {
  const shared = { "aria-label": row.name, "data-testid": `choice-${row.name}`, onchange: (event) => change(event.target.value) };
  if (row.numbers) return el("input", { type: "number", step: "any", min: row.numbers.lowest, max: row.numbers.highest, value: row.value, ...shared });
  return el("select", shared, Object.keys(row.values).map((value) => el("option", { value, title: row.values[value], selected: value === row.value }, value)));
}

const meaning = (text) => text.split("`").map((part, index) => (index % 2 ? el("code", {}, part) : part));

export async function showChoices(place) {
  const { choices } = await read("choices");
  const changed = choices.filter((row) => row.value !== row.default).length;
  const change = async (row, value) => {
    let said = [`${row.name}: ${value}.`];
    try { await patch("choices", { [row.name]: value }); } catch (error) { said = [error.message, true]; }
    await showChoices(place);
    notice(...said);
    document.querySelector(`[data-testid="choice-${row.name}"]`)?.focus();
  };
  fill(place, el("section", { class: "sheet" },
    el("h2", {}, "Choices"),
    el("p", { class: "soft" }, "Where Meta’s sources are silent (unknown) or disagree (conflict), the emulator had to choose. A verdict that depends on a row is a verdict about the choice; a reset brings back the values of the start. ",
      el("strong", { "data-testid": "choices-changed" }, changed ? `${changed} not the default.` : "All are the default.")),
    el("ul", { class: "choices" }, choices.map((row) => el("li", { class: row.value === row.default ? "" : "changed" },
      el("div", {}, el("strong", {}, row.name), " ", el("span", { class: "soft" }, `§${row.section} · ${row.mark}`)),
      control(row, (value) => change(row, value)),
      el("p", { class: "soft" }, meaning(row.meaning)))))));
}
