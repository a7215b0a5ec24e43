"""Instagram's phone app: a message's menu opens under a long press."""

from __future__ import annotations

from harness.drivers.browser_window import Glass
from harness.drivers.instagram_pages import TIMEOUT_MS, PageHands, by


class PhoneHands(PageHands):
    """One customer at Instagram's phone app, 390 pixels wide."""

    surface = "/instagram-app"
    glass = Glass(label="phone", width=390, height=844, is_traced=False)

    def _choose_unsend(self, message: str) -> None:
        page = self.window.page
        page.locator(message).hover(timeout=TIMEOUT_MS)
        page.mouse.down()
        menu = page.locator(by("message-menu"))
        menu.wait_for(timeout=TIMEOUT_MS)
        page.mouse.up()
        menu.locator(by("unsend")).click(timeout=TIMEOUT_MS)
