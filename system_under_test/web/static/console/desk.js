// What the agent does, and what the console does on the agent's behalf.
import { Refused, Unreachable } from "./calls.js";
import { selectedConversation } from "./reducer.js";
import { t } from "./texts.js";

// Unlike randomUUID this also exists where the console is served without TLS.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Under which key the draft of a note is kept. */
export const noteKey = (id) => `${id} note`;

export class Desk {
  #api;
  #store;
  #say;
  #reading = new Set();

  /** `say(text)` shows the agent a sentence. */
  constructor(api, store, say) {
    this.#api = api;
    this.#store = store;
    this.#say = say;
  }

  /** Reads the whole state, then every conversation whose messages are not known. */
  async load() {
    this.#store.dispatch({ type: "stateRead", told: await this.#api.state() });
    for (const id of Object.keys(this.#store.state.conversations)) this.read(id);
  }

  async read(id) {
    try {
      this.#store.dispatch({ type: "conversationRead", told: await this.#api.conversation(id) });
    } catch (trouble) {
      if (this.#store.state.selectedId === id) this.#complain(trouble, "pane.load_failed");
    }
  }

  select(id) {
    this.#store.dispatch({ type: "selected", id });
    const chosen = selectedConversation(this.#store.state);
    if (chosen && !(chosen.messages && chosen.previous)) this.read(id);
  }

  showList = () => this.#store.dispatch({ type: "listShown" });
  closePrevious = () => this.#store.dispatch({ type: "previousShown", told: null });

  async showPrevious(id) {
    const from = this.#store.state.selectedId;
    try {
      const told = await this.#api.conversation(id);
      if (this.#store.state.selectedId === from) this.#store.dispatch({ type: "previousShown", told });
    } catch (trouble) {
      this.#complain(trouble, "pane.load_failed");
    }
  }

  async selectStatus(id) {
    try {
      this.#store.dispatch({ type: "statusTold", status: await this.#api.selectStatus(id) });
    } catch (trouble) {
      this.#complain(trouble, "console.status_failed");
    }
  }

  redraw = () => this.#store.draw();
  draft = (id, text) => this.#store.dispatch({ type: "drafted", id, text });

  async send(id, text, key = newKey()) {
    this.#store.dispatch({ type: "sendStarted", id, key, text, at_ms: Date.now() });
    try {
      const message = await this.#api.send(id, text, key);
      this.#store.dispatch({ type: "sendAccepted", id, key, message });
    } catch (trouble) {
      this.#sendFailed(id, key, trouble);
    }
  }

  /** What went wrong before the server had it is posted again; what Meta refused is tried again. */
  async sendAgain(id, { id: messageId, key, text }) {
    if (key) return this.send(id, text, key);
    try {
      const message = await this.#api.sendAgain(id, messageId);
      return this.#store.dispatch({ type: "messageTold", id, message });
    } catch (trouble) {
      if (trouble instanceof Refused && trouble.body.error === "window_closed") return this.#say(t("composer.closed"));
      return this.#complain(trouble, "message.again_failed");
    }
  }

  /** Sends a file; null, or why not, and whether trying again may help. */
  async attach(id, file, key = newKey()) {
    try {
      const message = await this.#api.attach(id, file, key);
      this.#store.dispatch({ type: "messageTold", id, message });
      return null;
    } catch (trouble) {
      if (trouble instanceof Unreachable) return { key, again: true, reason: t("message.unreachable") };
      if (!(trouble instanceof Refused)) throw trouble;
      if (trouble.body.error === "ended") this.#store.dispatch({ type: "ended", id });
      const reason = trouble.body.error === "window_closed" ? t("composer.closed") : trouble.message;
      return { key, again: trouble.status >= 500, reason };
    }
  }

  #sendFailed(id, key, trouble) {
    if (trouble instanceof Refused && trouble.body.error === "ended") {
      this.#store.dispatch({ type: "ended", id });
    }
    const reason = trouble instanceof Unreachable ? t("message.unreachable") : trouble.message;
    this.#store.dispatch({ type: "sendFailed", id, key, reason, unanswered: trouble instanceof Unreachable });
  }

  /** Sends what never got an answer, in its order: under its old key the server takes it once, however often it comes. */
  async sendUnanswered() {
    for (const [id, pending] of Object.entries(this.#store.state.pending)) {
      for (const { key, text } of pending.filter((one) => one.unanswered && one.state === "failed")) await this.send(id, text, key);
    }
  }

  async addNote(id, text) {
    try {
      this.#store.dispatch({ type: "noteTold", id, note: await this.#api.note(id, text) });
    } catch (trouble) {
      const { drafts } = this.#store.state;
      if (!drafts[noteKey(id)]) this.draft(noteKey(id), text); // nothing that was written is lost
      this.#complain(trouble, "note.failed");
    }
  }

  async end(id) {
    if (this.#store.state.ending[id]) return;
    this.#store.dispatch({ type: "endStarted", id });
    try {
      this.#take(await this.#api.end(id));
    } catch (trouble) {
      if (trouble instanceof Refused && trouble.body.error === "ended") {
        this.#store.dispatch({ type: "ended", id });
        return;
      }
      this.#store.dispatch({ type: "endFailed", id });
      this.#complain(trouble, "pane.end_failed");
    }
  }

  accept = (id) => this.#move("attend.accept_failed", async () => this.#take(await this.#api.accept(id)));
  decline = (id) => this.#move("attend.decline_failed", () => this.#api.decline(id));
  finish = (id, category) => this.#move("attend.finish_failed", async () => this.#take(await this.#api.finish(id, category)));
  transferTargets = () => this.#api.transferTargets();
  transfer = (id, target) => this.#api.transfer(id, target);

  #take(told) {
    this.#store.dispatch(told.state === "ended" ? { type: "ended", id: told.id } : { type: "told", told });
  }

  async #move(key, act) {
    try {
      await act();
    } catch (trouble) {
      this.#complain(trouble, key);
    }
  }

  /** Marks as read what the agent has in front of the eyes, and only that. */
  async markRead({ isBack = false } = {}) {
    const { session, connection } = this.#store.state;
    const chosen = selectedConversation(this.#store.state);
    const isSeen = document.visibilityState === "visible" && document.hasFocus();
    if (!chosen?.unread || !isSeen || session || connection !== "open" || this.#reading.has(chosen.id)) return;
    this.#reading.add(chosen.id);
    if (isBack) this.#store.dispatch({ type: "returned", id: chosen.id, at_ms: Date.now() });
    this.#store.dispatch({ type: "wasRead", id: chosen.id });
    try {
      await this.#api.read(chosen.id);
    } catch (trouble) {
      // the count comes back with the next state; nothing the agent must do
      console.warn("the conversation could not be marked as read:", trouble.message);
    } finally {
      this.#reading.delete(chosen.id);
    }
  }

  async logOut() {
    try {
      await this.#api.logOut();
    } catch (trouble) {
      if (!(trouble instanceof Refused && trouble.body.error === "open_conversations")) throw trouble;
      this.#say(t("session.open_conversations"));
      return;
    }
    window.location.assign("/interact_multiagent");
  }

  #complain(trouble, key) {
    if (trouble instanceof Refused && trouble.status === 401) return; // the notice of the session says it
    if (!(trouble instanceof Refused || trouble instanceof Unreachable)) throw trouble;
    this.#say(t(key));
  }
}
