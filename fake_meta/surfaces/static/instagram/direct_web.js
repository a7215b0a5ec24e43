import { startComposer, startUnsend } from "./composer.js";
import { Thread } from "./thread.js";

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
document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
});

function closeMenus(except) {
  list.querySelectorAll("details[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}
