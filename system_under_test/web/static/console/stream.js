// Live events. One EventSource; when it breaks, what was missed is read first, then it is opened anew.
//
// The browser's own reconnection is not used: it gives up on any answer but 200 and cannot tell when
// the missed events are all there. When the server has no thread for a stream (503), reading goes on
// without one.
import { Refused } from "./calls.js";

export const TYPES = [
  "conversation_opened", "conversation_updated", "conversation_ended", "conversation_removed",
  "message", "message_updated", "note",
  "status", "queue", "channel", "taken_over", "reset",
];
const PAUSES_MS = [100, 500, 1000, 2000, 4000, 5000];

export class Stream {
  #api;
  #cursor;
  #on;
  #source = null;
  #attempt = 0;
  #timer = null;
  #stopped = false;

  /** `cursor()` names the last event known; `on` has event, reset, live and lost. */
  constructor(api, cursor, on) {
    this.#api = api;
    this.#cursor = cursor;
    this.#on = on;
    window.addEventListener("offline", () => this.#lose());
    window.addEventListener("online", () => this.#hurry());
  }

  open() {
    if (this.#stopped) return;
    const source = new EventSource(this.#api.streamAddress(this.#cursor()));
    let wasOpen = false;
    this.#source = source;
    source.addEventListener("open", () => {
      wasOpen = true;
      this.#attempt = 0;
      this.#on.live();
    });
    source.addEventListener("error", () => {
      if (this.#source !== source) return;
      if (wasOpen) this.#lose();
      else this.#retry();
    });
    for (const type of TYPES) source.addEventListener(type, (event) => this.#take(type, event));
  }

  stop() {
    this.#stopped = true;
    this.#close();
    clearTimeout(this.#timer);
  }

  #take(type, event) {
    const data = JSON.parse(event.data);
    if (type === "reset") this.#reset();
    else this.#on.event({ id: Number(event.lastEventId), type, data });
  }

  async #reset() {
    this.#close();
    await this.#catchUp(() => this.#on.reset());
  }

  #lose() {
    if (this.#stopped) return;
    this.#on.lost();
    this.#retry();
  }

  #hurry() {
    this.#attempt = 0;
    this.#retry();
  }

  #retry() {
    if (this.#stopped) return;
    this.#close();
    clearTimeout(this.#timer);
    const pause = PAUSES_MS[Math.min(this.#attempt, PAUSES_MS.length - 1)];
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.#catchUp(() => this.#readMissed()), pause * (0.75 + Math.random() / 2));
  }

  async #readMissed() {
    const news = await this.#api.events(this.#cursor());
    if (news.reset) await this.#on.reset();
    else for (const event of news.events) this.#on.event(event);
  }

  async #catchUp(read) {
    try {
      await read();
    } catch (trouble) {
      if (trouble instanceof Refused && trouble.status === 401) return;
      this.#on.lost();
      this.#retry();
      return;
    }
    if (this.#stopped) return;
    this.#on.live();
    this.open();
  }

  #close() {
    this.#source?.close();
    this.#source = null;
  }
}
