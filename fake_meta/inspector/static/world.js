// The world as a whole: the companies in it, places to return to, a file of it, a fresh one.
import { button, el, fill, notice } from "./dom.js";
import { patch, post, put, read, readFile, remove } from "./control.js";
import { onReveal, secret } from "./masking.js";

let again = null;
onReveal(() => again?.());

// The page is drawn anew before anything is said: who reads "done" may type at once and loses nothing.
async function attempt(act, done, place) {
  try {
    const said = done(await act());
    await showWorld(place);
    notice(said);
  } catch (error) { notice(error.message, true); }
}

function company(one, place) {
  const { account, page } = one;
  const name = account.username;
  const access = el("input", {
    type: "checkbox", checked: account.message_access,
    onchange: (event) => attempt(
      () => patch(`account?account=${encodeURIComponent(name)}`, { message_access: event.target.checked }),
      (now) => `@${name}: access to messages ${now.message_access ? "allowed" : "not allowed"}.`, place),
  });
  const fact = (label, value) => [el("dt", {}, label), el("dd", {}, value)];
  return el("li", { class: "card", "data-testid": "company", "data-username": name },
    el("header", {}, el("strong", { dir: "auto" }, account.name), el("span", { class: "soft" }, ` @${name}`)),
    el("dl", { class: "facts" },
      fact("account", account.id), fact("Page", page.id), fact("Page token", secret(page.access_token)),
      fact("Page's fields", one.page_subscribed_fields?.join(", ") ?? "not installed"),
      fact("account's fields", one.account_subscribed_fields?.join(", ") ?? "not installed"),
      fact("logs in as", `${one.person.login} · ${secret(one.person.password)}`)),
    el("label", {}, access, " Allow access to messages"));
}

function joining(place) {
  const username = el("input", { required: true, placeholder: "username", "aria-label": "Username of the new company", "data-testid": "company-name" });
  return el("form", { class: "tools", onsubmit: (event) => {
    event.preventDefault();
    attempt(() => post("accounts", { username: username.value }), (made) => `@${made.account.username} joined.`, place);
  } }, username, el("button", { "data-testid": "new-company" }, "New company"));
}

function mark(name, place) {
  const path = `marks/${encodeURIComponent(name)}`;
  return el("li", { "data-testid": "mark" },
    el("strong", {}, name), el("span", {}),
    button("Return to it", () => attempt(() => post(`${path}/restore`), () => `The world is that of “${name}” again.`, place), { "data-testid": "return" }),
    button("Forget it", () => attempt(() => remove(path), () => `“${name}” is forgotten.`, place), { "aria-label": `Forget ${name}` }));
}

function marking(place) {
  const name = el("input", { required: true, placeholder: "name", "aria-label": "Name of the mark", "data-testid": "mark-name" });
  return el("form", { class: "tools", onsubmit: (event) => {
    event.preventDefault();
    attempt(() => post("marks", { name: name.value }), () => `“${name.value}” is kept.`, place);
  } }, name, el("button", { "data-testid": "keep-mark" }, "Keep this moment"));
}

async function save() {
  try {
    const address = URL.createObjectURL(await readFile("snapshot"));
    el("a", { href: address, download: "world.snapshot" }).click();
    URL.revokeObjectURL(address);
    notice("The world is in the file world.snapshot.");
  } catch (error) { notice(error.message, true); }
}

function bringing(place) {
  const file = el("input", { type: "file", "aria-label": "File of a world", "data-testid": "snapshot-file", onchange: () => {
    const [chosen] = file.files;
    if (chosen) attempt(() => put("snapshot", chosen), () => `The world is that of ${chosen.name}.`, place);
  } });
  return file;
}

function reset(seed, place) {
  const number = el("input", { type: "number", step: "1", value: seed, "aria-label": "Seed", "data-testid": "seed" });
  const keep = el("input", { type: "checkbox" });
  return el("form", { class: "tools", onsubmit: (event) => {
    event.preventDefault();
    attempt(() => post("reset", { seed: Number(number.value), keep_subscriptions: keep.checked }),
      (made) => `A fresh world of seed ${made.seed}; the journal is empty.`, place);
  } }, el("label", {}, "Seed ", number), el("label", {}, keep, " keep the app's subscriptions"),
  el("button", { "data-testid": "reset" }, "Make a fresh world"));
}

export async function showWorld(place) {
  const [world, { marks }] = await Promise.all([read("world"), read("marks")]);
  again = () => { if (place.querySelector(".world")) showWorld(place); };
  fill(place, el("section", { class: "sheet world" },
    el("h2", {}, "World"),
    el("h3", {}, "Companies"),
    el("ul", { class: "cards" }, world.accounts.map((one) => company(one, place))), joining(place),
    el("h3", {}, "Moments to return to"),
    el("p", { class: "soft" }, "Companies, people, threads, tokens, App Review, the clock and deliveries that wait; kept until the emulator ends. The journal stays."),
    marks.length ? el("ul", { class: "switched" }, marks.map((name) => mark(name, place))) : null, marking(place),
    el("h3", {}, "The same as a file"),
    el("div", { class: "tools" }, button("Save the world", save, { "data-testid": "save-world" }), el("label", {}, "Bring one back ", bringing(place))),
    el("h3", {}, "Begin anew"),
    el("p", { class: "soft" }, "Same seed, same ids, names and secrets. Whatever is here now is gone, the journal too."),
    reset(world.seed, place)));
}
