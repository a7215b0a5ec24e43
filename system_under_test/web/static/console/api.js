// The agent's JSON API.
import { Calls } from "./calls.js";

const ROOT = "/interact_multiagent";

export class Api {
  #calls;

  constructor(csrfToken, onSessionEnd) {
    this.#calls = new Calls(ROOT, csrfToken, onSessionEnd);
  }

  async state() {
    const state = await this.#calls.make("GET", "/api/state");
    this.#calls.csrfToken = state.csrf_token;
    return state;
  }

  events = (after) => this.#calls.make("GET", `/api/events?after=${after}`);
  streamAddress = (after) => `${ROOT}/api/stream?after=${after}`;
  selectStatus = (status) => this.#calls.make("POST", "/api/status", { status });
  conversation = (id) => this.#calls.make("GET", `/api/conversations/${encodeURIComponent(id)}`);
  read = (id) => this.#of(id, "read");
  end = (id) => this.#of(id, "end");
  finish = (id, category) => this.#of(id, "finish", category ? { category } : {});
  accept = (id) => this.#of(id, "accept");
  decline = (id) => this.#of(id, "decline");
  /** `target` is { agent, wait } or { service }. */
  transfer = (id, target) => this.#of(id, "transfer", target);
  transferTargets = () => this.#calls.make("GET", "/api/transfer-targets");

  send(id, text, key) {
    const path = `/api/conversations/${encodeURIComponent(id)}/messages`;
    return this.#calls.make("POST", path, { text, idempotency_key: key });
  }

  attach(id, file, key) {
    const path = `/api/conversations/${encodeURIComponent(id)}/attachments?idempotency_key=${encodeURIComponent(key)}`;
    return this.#calls.make("POST", path, file);
  }

  note = (id, text) => this.#of(id, "notes", { text });
  myDay = (sinceMs) => this.#calls.make("GET", `/api/my-day?since_ms=${sinceMs}`);

  sendAgain(id, messageId) {
    return this.#of(id, `messages/${encodeURIComponent(messageId)}/retry`);
  }

  logOut() {
    return this.#calls.make("POST", "/logout", {});
  }

  #of(id, verb, body = {}) {
    return this.#calls.make("POST", `/api/conversations/${encodeURIComponent(id)}/${verb}`, body);
  }
}
