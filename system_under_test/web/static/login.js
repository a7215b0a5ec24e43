// ENTER signs in and opens the application in a new window. Without this script the form works as
// a plain form in the same window.
import { wireReveals } from "./reveal.js";

const form = document.querySelector("[data-testid=login-form]");
const enter = form.querySelector("[data-testid=enter]");
const error = form.querySelector("[data-testid=login-error]");
const parts = [...document.querySelectorAll("[data-part]")];
const link = document.querySelector("[data-testid=open-console]");
const label = enter.textContent;

function show(name) {
  for (const part of parts) part.hidden = part.dataset.part !== name;
}

function complain(message) {
  error.textContent = message;
  error.focus();
}

function setBusy(busy) {
  enter.setAttribute("aria-busy", String(busy));
  enter.textContent = busy ? enter.dataset.textBusy : label;
}

// A window of its own where the screen has room for it; phones have only tabs.
function windowFeatures() {
  const { availWidth, availHeight } = window.screen;
  return availWidth >= 900 ? `popup=yes,width=${availWidth},height=${availHeight},left=0,top=0` : "";
}

function openWindow(address) {
  const name = `interact_console_${Date.now().toString(36)}`;
  const opened = window.open(address, name, windowFeatures());
  return Boolean(opened) && !opened.closed;
}

function enterConsole(address) {
  form.elements.password.value = "";
  link.href = address;
  const opened = openWindow(address);
  show(opened ? "open" : "blocked");
  if (opened) document.querySelector("[data-part=open] h1").focus();
  else link.focus();
}

async function signIn() {
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    });
  } catch {
    return complain(form.dataset.textUnreachable);
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok && body.next) return enterConsole(body.next);
  if (answer.status === 403) return complain(body.message ?? form.dataset.textCsrf);
  if (answer.status >= 500) return complain(form.dataset.textUnreachable);
  return complain(body.message ?? form.dataset.textInvalid);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (enter.getAttribute("aria-busy") === "true") return;
  error.textContent = "";
  if (!form.elements.login.value.trim() || !form.elements.password.value) {
    complain(form.dataset.textIncomplete);
    return;
  }
  setBusy(true);
  await signIn();
  setBusy(false);
});

link.addEventListener("click", () => setTimeout(() => show("open")));
document.querySelector("[data-action=again]").addEventListener("click", () => {
  show("form");
  form.elements.login.focus();
});
wireReveals();
if (error.textContent) error.focus();
