// Calls of a JSON API of the console. Every failure is one of two errors: the server said no, or did
// not answer.

const TIMEOUT_MS = 15_000;
const UPLOAD_MS = 180_000;

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

/** `root` is what every path begins with; `onSessionEnd(content)` hears of every 401. */
export class Calls {
  #root;
  #onSessionEnd;

  constructor(root, csrfToken, onSessionEnd = () => {}) {
    this.#root = root;
    this.csrfToken = csrfToken;
    this.#onSessionEnd = onSessionEnd;
  }

  async make(method, path, body) {
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
      headers["Content-Type"] = body instanceof Blob ? "application/octet-stream" : "application/json";
      headers["X-CSRF-Token"] = this.csrfToken;
    }
    const isFile = body instanceof Blob;
    const limit = AbortSignal.timeout(isFile ? UPLOAD_MS : TIMEOUT_MS);
    const options = { method, headers, signal: limit, body: isFile ? body : body && JSON.stringify(body) };
    try {
      return await fetch(this.#root + path, options);
    } catch (trouble) {
      throw new Unreachable(`${method} ${path}: ${trouble.message}`);
    }
  }
}
