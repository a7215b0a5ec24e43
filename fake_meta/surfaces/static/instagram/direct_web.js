import { startComposer, startUnsend } from "./composer.js";
import { startMenus } from "./menus.js";
import { Thread } from "./thread.js";

const list = document.querySelector("[data-news]");
const alert = document.querySelector("[data-alert]");
const thread = new Thread(list);
startComposer(thread, alert);
const closeMenus = startMenus(thread);
const unsend = startUnsend(thread, alert);

list.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-unsend]");
  if (!choice) return;
  event.preventDefault();
  closeMenus();
  unsend.open(choice.dataset.unsend);
});
