// Menus on messages: one at a time, closed by a click elsewhere or Escape.
const ROOM_PX = 200;
const WIDTH_PX = 250;

export function startMenus(thread) {
  const list = thread.list;
  const close = (except) => {
    list.querySelectorAll("details[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  };
  // A menu opens upwards and inwards, unless that would hide it.
  list.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!menu.open) return;
    const around = thread.scroller.getBoundingClientRect();
    const place = menu.getBoundingClientRect();
    const isOwn = menu.closest('[data-from="customer"]') !== null;
    const room = isOwn ? place.right - around.left : around.right - place.left;
    menu.toggleAttribute("data-below", place.top - around.top < ROOM_PX);
    menu.toggleAttribute("data-aside", room < WIDTH_PX);
  }, true);
  document.addEventListener("click", (event) => close(event.target.closest?.("details")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  return close;
}
