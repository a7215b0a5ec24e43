// An emulator that others can reach asks for the token it was started with.
import { isSignedIn, keepToken } from "./control.js";
import { el, fill } from "./dom.js";

/** Ask for the control token; `go` on once it is right. */
export function showSignIn(place, go) {
  const field = el("input", { id: "token", type: "password", autocomplete: "off", required: true, "data-testid": "control-token" });
  const wrong = el("p", { class: "bad", role: "alert", "data-testid": "sign-in-error", hidden: true }, "That is not the token this emulator was started with.");
  async function enter(event) {
    event.preventDefault();
    keepToken(field.value.trim());
    if (await isSignedIn()) return go();
    wrong.hidden = false;
    return field.select();
  }
  fill(place, el("form", { class: "sign-in", onsubmit: enter },
    el("h2", {}, "Sign in"),
    el("p", {}, "The token of --control-token or FAKE_META_CONTROL_TOKEN. This window keeps it until it is closed."),
    el("label", { for: "token" }, "Control token"), field, wrong,
    el("button", { type: "submit", "data-testid": "sign-in" }, "Sign in")));
  field.focus();
}
