// The virtual clock.
import { button, el, fill, notice } from "./dom.js";
import { post, read } from "./control.js";

const SPEEDS = [1, 60, 600, 3600];
const JUMPS = [["1 minute", 60], ["1 hour", 3600], ["24 hours", 86400], ["7 days", 604800]];

export async function showClock(place) {
  const clock = await read("clock");
  const turn = async (wish, said) => {
    try { await post("clock", wish); await showClock(place); notice(said); } catch (error) { notice(error.message, true); }
  };
  fill(place, el("section", { class: "sheet" },
    el("h2", {}, "Clock"),
    el("p", { class: "big", "data-testid": "now" }, new Date(clock.now_ms).toISOString().replace("T", " ").slice(0, 19), " UTC"),
    el("p", { class: "soft" }, `${clock.frozen ? "frozen" : clock.scale === 1 ? "running" : `running ${clock.scale} times as fast`}, ${Math.round(clock.offset_ms / 1000)} s from the machine’s time. Windows, stories, tokens and retries follow it.`),
    el("p", { class: "tools" },
      JUMPS.map(([label, seconds]) => button(`Advance ${label}`, () => turn({ advance_s: seconds }, `${label} later; what fell due was delivered.`))),
      button("Freeze", () => turn({ freeze: true }, "Time stands still.")),
      button("Real time", () => turn({ real: true }, "Back to the machine’s time."))),
    el("h3", {}, "Speed"),
    el("p", { class: "tools" },
      SPEEDS.map((scale) => button(`${scale}×`, () => turn({ scale }, scale === 1 ? "As fast as real time." : `A minute is ${scale} minutes now.`), { "data-testid": `scale-${scale}`, "aria-pressed": String(clock.scale === scale && !clock.frozen) })),
      el("input", { type: "number", min: "0.01", max: "100000", step: "any", value: clock.scale, "aria-label": "Times as fast as real time", "data-testid": "scale", onchange: (event) => turn({ scale: event.target.value }, `${event.target.value} times as fast.`) }))));
}
