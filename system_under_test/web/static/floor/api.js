// The supervisor's JSON API.
const ROOT = "/interact_multiagent/api/floor";
const TIMEOUT_MS = 15_000;

/** The server's refusal, or no answer at all (status 0). */
export class CallError extends Error {
  constructor(status, body, words) {
    super(body.message ?? body.error ?? words);
    this.status = status;
    this.body = body;
  }
}

export class Api {
  #token;

  constructor(csrfToken) {
    this.#token = csrfToken;
  }

  floor = () => this.#call("GET", "");
  log = () => this.#call("GET", "/routing-log");
  metrics = (minutes) => this.#call("GET", `/metrics?minutes=${minutes}`);
  peek = (id) => this.#call("GET", `/conversations/${id}`);
  assign = (id, agent) => this.#call("POST", `/conversations/${id}/assign`, { agent });
  requeue = (id) => this.#call("POST", `/conversations/${id}/requeue`, {});
  end = (id) => this.#call("POST", `/conversations/${id}/end`, {});
  priority = (id, priority) => this.#call("POST", `/conversations/${id}/priority`, { priority });
  forceStatus = (login, status) => this.#call("POST", `/agents/${encodeURIComponent(login)}/status`, { status });
  signOut = (login) => this.#call("POST", `/agents/${encodeURIComponent(login)}/sign-out`, {});

  async #call(method, path, body) {
    const headers = { Accept: "application/json" };
    if (body) Object.assign(headers, { "Content-Type": "application/json", "X-CSRF-Token": this.#token });
    let answer;
    try {
      answer = await fetch(ROOT + path, { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (trouble) {
      throw new CallError(0, {}, trouble.message);
    }
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new CallError(answer.status, content, `HTTP ${answer.status}`);
    return content;
  }
}
