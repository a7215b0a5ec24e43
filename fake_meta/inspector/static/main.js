// Which page is shown is in the address: #/traffic/12.
import { isSignedIn } from "./control.js";
import { el, fill } from "./dom.js";
import { showSignIn } from "./signin.js";
import { showApp } from "./app.js";
import { showChoices } from "./choices.js";
import { showClock } from "./clock.js";
import { showCustomers } from "./customers.js";
import { showDoctor } from "./doctor.js";
import { showFaults } from "./faults.js";
import { showWorld } from "./world.js";
import { showTraffic } from "./traffic.js";

const PAGES = { traffic: showTraffic, doctor: showDoctor, customers: showCustomers, world: showWorld, app: showApp, choices: showChoices, faults: showFaults, clock: showClock };
const place = document.getElementById("content");

async function show() {
  const [, name = "", ...rest] = location.hash.split("/");
  const page = PAGES[name] ? name : "traffic";
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#/${page}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `fake_meta · ${page}`;
  try {
    await PAGES[page](place, rest.length ? decodeURIComponent(rest.join("/")) : "");
  } catch (error) {
    fill(place, el("p", { class: "empty bad", role: "alert" }, `The emulator does not answer: ${error.message}`));
  }
}

async function start() {
  if (!(await isSignedIn())) return showSignIn(place, start);
  addEventListener("hashchange", show);
  return show();
}

start().catch((error) => fill(place, el("p", { class: "empty bad", role: "alert" }, `The emulator does not answer: ${error.message}`)));
