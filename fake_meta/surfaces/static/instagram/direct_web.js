import { startComposer, startUnsend } from "./composer.js";
import { Thread } from "./thread.js";

const ROOM_PX = 120;
const list = document.querySelector("[data-news]");
const alert = document.querySelector("[data-alert]");
const thread = new Thread(list);
startComposer(thread, alert);
const unsend = startUnsend(thread, alert);

list.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-unsend]");
  if (!choice) return;
  event.preventDefault();
  closeMenus();
  unsend.open(choice.dataset.unsend);
});
// A menu opens upwards, unless that would hide it behind the head of the chat.
list.addEventListener("toggle", (event) => {
  const space = event.target.getBoundingClientRect().top - thread.scroller.getBoundingClientRect().top;
  if (event.target.open) event.target.toggleAttribute("data-below", space < ROOM_PX);
}, true);
document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
});

function closeMenus(except) {
  list.querySelectorAll("details[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}
