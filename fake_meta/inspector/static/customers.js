// The people on the emulated Instagram and Messenger.
import { button, el, fill, notice } from "./dom.js";
import { patch, post, read } from "./control.js";
import { onReveal, secret } from "./masking.js";

const ROLES = ["", "tester", "developer", "administrator"];
let again = null;
onReveal(() => again?.());

async function attempt(act, done) {
  try { notice(done(await act())); } catch (error) { notice(error.message, true); }
}

function writer(one) {
  const input = el("input", { name: "text", placeholder: `Write as ${one.username}`, "aria-label": `Write as ${one.username}`, "data-testid": "write-text" });
  const on = el("select", { "aria-label": `Where ${one.username} writes`, "data-testid": "write-on" },
    ["instagram", "messenger"].map((value) => el("option", { value }, value)));
  return el("form", {
    class: "inline wrapped",
    onsubmit: (event) => {
      event.preventDefault();
      const where = on.value;
      attempt(() => post(`customers/${encodeURIComponent(one.username)}/messages`, { text: input.value, platform: where }), () => {
        input.value = "";
        return `${one.username} wrote on ${where}; see Traffic.`;
      });
    },
  }, input, on, el("button", { "data-testid": "write" }, "Send"));
}

function psid(path) {
  const shown = button("show", async () => {
    try { shown.replaceWith((await read(`${path}?platform=messenger`)).igsid); } catch (error) { notice(error.message, true); }
  }, { "data-testid": "psid" });
  return shown;
}

function person(one, place) {
  const path = `customers/${encodeURIComponent(one.username)}`;
  const role = el("select", {
    "aria-label": `Role of ${one.username}`,
    onchange: (event) => attempt(() => patch(path, { role: event.target.value || null }), (now) => {
      showCustomers(place);
      return `${now.username}: ${now.role ?? "no role"}.`;
    }),
  }, ROLES.map((value) => el("option", { value, selected: (one.role ?? "") === value }, value || "no role")));
  return el("li", { class: "card", "data-testid": "customer", "data-username": one.username },
    el("header", {}, el("strong", { dir: "auto" }, one.name), el("span", { class: "soft" }, ` @${one.username}`)),
    el("dl", { class: "facts" },
      el("dt", {}, "IGSID"), el("dd", {}, one.igsid),
      el("dt", {}, "PSID"), el("dd", {}, psid(path)),
      el("dt", {}, "password"), el("dd", {}, secret(one.password)),
      el("dt", {}, "role"), el("dd", {}, role, one.role && !one.role_accepted ? " not accepted" : ""),
      el("dt", {}, "account"), el("dd", {}, one.private ? "private" : "public"),
      one.profile_fault ? [el("dt", {}, "profile"), el("dd", {}, one.profile_fault)] : null),
    writer(one),
    el("p", {}, el("a", { href: `#/doctor/${encodeURIComponent(one.username)}` }, "Do their messages arrive?"), " ",
      el("a", { href: `#/doctor/${encodeURIComponent(one.username)}/messenger` }, "And on Messenger?")));
}

export async function showCustomers(place) {
  const { customers } = await read("world");
  again = () => { if (place.querySelector(".people")) showCustomers(place); };
  fill(place, el("section", { class: "sheet people" },
    el("h2", {}, "Customers"),
    el("p", { class: "tools" },
      button("New customer without a role", () => attempt(() => post("customers"), (made) => { showCustomers(place); return `${made.name} joined.`; }), { "data-testid": "new-customer" }),
      button("New tester", () => attempt(() => post("customers", { role: "tester" }), (made) => { showCustomers(place); return `${made.name} joined.`; }))),
    el("ul", { class: "cards" }, customers.map((one) => person(one, place)))));
}
