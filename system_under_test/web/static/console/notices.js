// What lies over everything: the lost connection, short sentences, the end of the session.
import { el, icon, part, setText } from "./dom.js";
import { t } from "./texts.js";
import { timeOfDay } from "./times.js";

const TOAST_MS = 6000;
const MOST_TOASTS = 3;
const OVER = {
  taken_over: { testid: "taken-over", title: "session.taken_over_title", detail: "session.taken_over_detail" },
  signed_out: { testid: "signed-out", title: "session.signed_out_title", detail: "session.signed_out_detail" },
};

export class Toasts {
  #place = part("toasts");

  /** Shows a sentence for a while; `act` makes it a button, `about` is what `dismiss` knows it by. */
  show = (text, { act = null, about = "" } = {}) => {
    const words = act
      ? el("button", { class: "toast-words", type: "button", onclick: () => { act(); toast.remove(); } }, text)
      : el("span", { class: "toast-words" }, text);
    const close = el("button", { class: "icon-button", type: "button", "aria-label": t("toast.close"), onclick: () => toast.remove() }, icon("close"));
    const toast = el("div", { class: "toast", data: { testid: "toast", about } }, words, close);
    this.#place.append(toast);
    while (this.#place.children.length > MOST_TOASTS) this.#place.firstElementChild.remove();
    expire(toast);
  };

  /** What the agent has gone to needs no announcement any more. */
  dismiss(about) {
    for (const toast of [...this.#place.children]) if (toast.dataset.about === about) toast.remove();
  }
}

// Whoever reads or reaches for it has time.
function expire(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) expire(toast);
    else toast.remove();
  }, TOAST_MS);
}

export class ConnectionBanner {
  #banner = part("connection-banner");

  draw({ connection }) {
    const isLost = connection !== "open";
    // What is on the screen is as old as the connection's end.
    if (isLost && this.#banner.hidden) setText(part("stale-since"), t("connection.stale", { time: timeOfDay(Date.now()) }));
    this.#banner.hidden = !isLost;
  }
}

/** Channels through which nothing can be sent; messages still arrive. */
export class ChannelBanner {
  #banner = part("channel-banner");

  draw({ channels }) {
    const names = channels.filter((one) => one.trouble).map((one) => `${one.label} ${one.name}`);
    this.#banner.hidden = names.length === 0;
    setText(this.#banner, names.length ? t("channel.trouble", { names: names.join(", ") }) : "");
  }
}

export class SessionNotice {
  #over = part("taken-over");
  #app = document.getElementById("app");

  draw({ session }) {
    if (!session || !this.#over.hidden) return;
    const { testid, title, detail } = OVER[session.kind];
    this.#over.dataset.testid = testid;
    setText(part("over-title"), t(title));
    setText(part("over-message"), session.message ?? "");
    setText(part("over-detail"), t(detail));
    this.#app.inert = true;
    this.#over.hidden = false;
    part("over-title").focus();
  }
}
