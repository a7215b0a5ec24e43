// New conversations are announced by name. The name comes from Meta a moment after the conversation:
// the announcement waits for it, but not for long.

const PATIENCE_MS = 1500;

export class Arrivals {
  #announce;
  #waiting = new Map();

  /** `announce(id)` tells the agent. */
  constructor(announce) {
    this.#announce = announce;
  }

  add(conversation) {
    if (isNamed(conversation)) this.#announce(conversation.id);
    else this.#waiting.set(conversation.id, setTimeout(() => this.#tell(conversation.id), PATIENCE_MS));
  }

  /** The agent has gone to it before it had a name: there is nothing to announce any more. */
  forget(id) {
    clearTimeout(this.#waiting.get(id));
    this.#waiting.delete(id);
  }

  draw({ conversations }) {
    for (const id of this.#waiting.keys()) {
      if (conversations[id] && isNamed(conversations[id])) this.#tell(id);
    }
  }

  #tell(id) {
    this.forget(id);
    this.#announce(id);
  }
}

const isNamed = ({ customer }) => Boolean(customer.name || customer.username);
