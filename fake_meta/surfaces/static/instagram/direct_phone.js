// A press of a second or more on one's own message opens its menu; anything shorter does nothing.
import { startComposer, startUnsend } from "./composer.js";
import { startMenus } from "./menus.js";
import { Thread } from "./thread.js";

const LONG_PRESS_MS = 1000;
const MOVED_PX = 12;

const list = document.querySelector("[data-news]");
const alert = document.querySelector("[data-alert]");
const thread = new Thread(list);
startComposer(thread, alert);
startMenus(thread);
const unsend = startUnsend(thread, alert);
let press = null;

list.addEventListener("pointerdown", (event) => {
  stop();
  const message = ownMessage(event.target);
  if (!message || !event.isPrimary || event.button !== 0) return;
  message.dataset.pressed = "true";
  const timer = setTimeout(() => {
    stop();
    open(message);
  }, LONG_PRESS_MS);
  press = { message, timer, x: event.clientX, y: event.clientY };
});
document.addEventListener("pointermove", (event) => {
  if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > MOVED_PX) stop();
});
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, stop);
// The browser's own menu of a long touch would take the place of ours.
list.addEventListener("contextmenu", (event) => event.preventDefault());
list.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === ownMessage(event.target)) open(event.target);
});

function stop() {
  if (!press) return;
  clearTimeout(press.timer);
  delete press.message.dataset.pressed;
  press = null;
}

function ownMessage(target) {
  return target.closest('[data-mid][data-from="customer"]');
}

function open(message) {
  if (!message.isConnected) return;
  const text = message.querySelector(".bubble") ?? message.querySelector(".notice");
  unsend.dialog.querySelector("[data-quote]").textContent = text?.textContent || "Photo";
  unsend.dialog.querySelector("[data-quote-time]").textContent = message.dataset.time;
  unsend.open(message.dataset.mid);
}
