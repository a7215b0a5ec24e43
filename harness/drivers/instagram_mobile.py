"""Instagram's phone app: a message's menu opens under a long press."""

from __future__ import annotations

from playwright.sync_api import Error

from harness.drivers.browser import Glass
from harness.drivers.instagram_pages import TIMEOUT_MS, PageHands, by


class PhoneHands(PageHands):
    """One customer at Instagram's phone app, 390 pixels wide."""

    surface = "/instagram-app"
    glass = Glass(label="phone", width=390, height=844)

    def _open_menu(self, message: str) -> None:
        page = self.window.page
        try:
            page.locator(message).hover(timeout=TIMEOUT_MS)
            page.mouse.down()
            page.locator(by("message-menu")).first.wait_for(timeout=TIMEOUT_MS)
            page.mouse.up()
        except Error as trouble:
            raise self._broken("opens no menu under a long press", trouble) from trouble
