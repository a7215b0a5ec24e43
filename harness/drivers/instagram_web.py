"""Instagram's website: a message's menu appears when the pointer rests on the message."""

from __future__ import annotations

from harness.drivers.instagram_pages import TIMEOUT_MS, PageHands, by


class WebsiteHands(PageHands):
    """One customer at Instagram's website."""

    def _choose_unsend(self, message: str) -> None:
        bubble = self.window.page.locator(message)
        bubble.hover(timeout=TIMEOUT_MS)
        bubble.locator(by("message-menu")).locator("summary").click(timeout=TIMEOUT_MS)
        bubble.locator(by("unsend")).click(timeout=TIMEOUT_MS)
        self.window.page.locator(by("unsend-confirm")).click(timeout=TIMEOUT_MS)
