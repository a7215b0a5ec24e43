"""Instagram's website: a message's menu opens when the pointer rests on the message."""

from __future__ import annotations

from playwright.sync_api import Error

from harness.drivers.instagram_pages import TIMEOUT_MS, PageHands, by


class WebsiteHands(PageHands):
    """One customer at Instagram's website."""

    def _open_menu(self, message: str) -> None:
        bubble = self.window.page.locator(message)
        try:
            bubble.hover(timeout=TIMEOUT_MS)
            menu = bubble.locator(by("message-menu"))
            if menu.count():
                menu.click(timeout=TIMEOUT_MS)
        except Error as trouble:
            raise self._broken("opens no menu for a message", trouble) from trouble
