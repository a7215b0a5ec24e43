// The console's JSON API. Every failure is one of two errors: the server said no, or did not answer.

const ROOT = "/interact_multiagent";
const TIMEOUT_MS = 15_000;

/** The server's refusal, with its status and body. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.message ?? body.error ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
  }
}

/** No answer at all: network, server or proxy. */
export class Unreachable extends Error {}

export class Api {
  #csrfToken;
  #onSessionEnd;

  constructor(csrfToken, onSessionEnd) {
    this.#csrfToken = csrfToken;
    this.#onSessionEnd = onSessionEnd;
  }

  async state() {
    const state = await this.#call("GET", "/api/state");
    this.#csrfToken = state.csrf_token;
    return state;
  }

  events = (after) => this.#call("GET", `/api/events?after=${after}`);
  streamAddress = (after) => `${ROOT}/api/stream?after=${after}`;
  selectStatus = (status) => this.#call("POST", "/api/status", { status });
  conversation = (id) => this.#call("GET", `/api/conversations/${encodeURIComponent(id)}`);
  read = (id) => this.#call("POST", `/api/conversations/${encodeURIComponent(id)}/read`, {});
  end = (id) => this.#of(id, "end");
  finish = (id, category) => this.#of(id, "finish", category ? { category } : {});
  accept = (id) => this.#of(id, "accept");
  decline = (id) => this.#of(id, "decline");
  /** `target` is { agent, wait } or { service }. */
  transfer = (id, target) => this.#of(id, "transfer", target);
  transferTargets = () => this.#call("GET", "/api/transfer-targets");

  send(id, text, key) {
    const path = `/api/conversations/${encodeURIComponent(id)}/messages`;
    return this.#call("POST", path, { text, idempotency_key: key });
  }

  sendAgain(id, messageId) {
    return this.#of(id, `messages/${encodeURIComponent(messageId)}/retry`);
  }

  logOut() {
    return this.#call("POST", "/logout", {});
  }

  #of(id, verb, body = {}) {
    return this.#call("POST", `/api/conversations/${encodeURIComponent(id)}/${verb}`, body);
  }

  async #call(method, path, body) {
    const answer = await this.#fetch(method, path, body);
    const content = await answer.json().catch(() => ({}));
    if (answer.ok) return content;
    if (answer.status === 401) this.#onSessionEnd(content);
    if (answer.status >= 502) throw new Unreachable(`HTTP ${answer.status}`);
    throw new Refused(answer.status, content);
  }

  async #fetch(method, path, body) {
    const headers = { Accept: "application/json" };
    if (method !== "GET") {
      headers["Content-Type"] = "application/json";
      headers["X-CSRF-Token"] = this.#csrfToken;
    }
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    const options = { method, headers, signal: limit, body: body && JSON.stringify(body) };
    try {
      return await fetch(ROOT + path, options);
    } catch (trouble) {
      throw new Unreachable(`${method} ${path}: ${trouble.message}`);
    }
  }
}
