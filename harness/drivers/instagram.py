"""Lends browser windows on Instagram to customers."""

from __future__ import annotations

from harness.drivers.browser import Browser
from harness.drivers.contract import Customer, Hands
from harness.drivers.instagram_http import HttpHandsLender
from harness.drivers.instagram_mobile import PhoneHands
from harness.drivers.instagram_web import WebsiteHands
from harness.drivers.meta_control import MetaControl


class BrowserHandsLender:
    """Lends hands that work in browser windows."""

    def __init__(self, browser: Browser, meta: MetaControl, company: str) -> None:
        self._browser = browser
        self._meta = meta
        self._company = company

    def on_website(self, customer: Customer) -> WebsiteHands:
        """The customer at Instagram's website."""
        return WebsiteHands(self._browser, self._meta, customer, self._company)

    def on_phone(self, customer: Customer) -> PhoneHands:
        """The customer at Instagram's phone app."""
        return PhoneHands(self._browser, self._meta, customer, self._company)

    def put_away(self) -> None:
        """Close the windows."""
        self._browser.close_windows()


def open_hands(meta: MetaControl, company: str, browser: Browser | None) -> Hands:
    """Hands in browser windows, or over HTTP when there is no browser."""
    if browser is None:
        return HttpHandsLender(meta, company)
    return BrowserHandsLender(browser, meta, company)
