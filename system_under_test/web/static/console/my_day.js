// What the agent has done today, by the agent's own midnight.
import { part, setText } from "./dom.js";
import { Refused, Unreachable } from "./calls.js";
import { t } from "./texts.js";
import { elapsed } from "./times.js";

const SETTLE_MS = 1500;
const AGAIN_MS = 300_000;

export class MyDay {
  #api;
  #handled = part("my-day-handled");
  #response = part("my-day-first-response");
  #timer = null;

  constructor(api) {
    this.#api = api;
    setInterval(() => this.#read(), AGAIN_MS);
  }

  /** Something has happened that may count; several such things are read once. */
  changed(afterMs = SETTLE_MS) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), afterMs);
  }

  notice({ type, data }) {
    const isReply = type === "message" && data.message.direction === "out";
    if (isReply || type === "conversation_ended") this.changed();
  }

  async #read() {
    try {
      const day = await this.#api.myDay(new Date().setHours(0, 0, 0, 0));
      setText(this.#handled, String(day.handled));
      setText(this.#response, day.first_response_ms === null ? t("day.none") : elapsed(day.first_response_ms));
    } catch (trouble) {
      if (!(trouble instanceof Refused || trouble instanceof Unreachable)) throw trouble;
      this.changed(AGAIN_MS / 10); // a figure may be late; the banner says what is wrong
    }
  }
}
