// The supervisor's JSON API.
import { Calls } from "../console/calls.js";

export class Api {
  #calls;

  constructor(csrfToken) {
    this.#calls = new Calls("/interact_multiagent/api/floor", csrfToken);
  }

  floor = () => this.#calls.make("GET", "");
  log = () => this.#calls.make("GET", "/routing-log");
  metrics = (minutes) => this.#calls.make("GET", `/metrics?minutes=${minutes}`);
  peek = (id) => this.#calls.make("GET", `/conversations/${id}`);
  assign = (id, agent, wait) => this.#calls.make("POST", `/conversations/${id}/assign`, { agent, wait });
  toService = (id, service) => this.#calls.make("POST", `/conversations/${id}/requeue`, { service });
  requeue = (id) => this.#calls.make("POST", `/conversations/${id}/requeue`, {});
  end = (id) => this.#calls.make("POST", `/conversations/${id}/end`, {});
  priority = (id, priority) => this.#calls.make("POST", `/conversations/${id}/priority`, { priority });
  forceStatus = (login, status) => this.#calls.make("POST", `/agents/${encodeURIComponent(login)}/status`, { status });
  signOut = (login) => this.#calls.make("POST", `/agents/${encodeURIComponent(login)}/sign-out`, {});
}
