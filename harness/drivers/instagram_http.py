"""A customer without a browser: Instagram's pages over HTTP, messages through the control API."""

from __future__ import annotations

import requests

from harness.drivers.contract import (
    CompanyPage,
    Customer,
    SentMessage,
    Story,
    ThreadMessage,
)
from harness.drivers.html_page import HtmlPage
from harness.drivers.loopback import loopback_session
from harness.drivers.meta_control import MetaControl
from harness.errors import HarnessError

WEBSITE, PHONE = "/www.instagram.com", "/instagram-app"
UNSEND_SURFACE = {WEBSITE: "web", PHONE: "mobile"}
TIMEOUT_S = 15.0


class HttpHands:
    """One customer at one surface; has no window, hence no camera."""

    camera = None

    def __init__(self, meta: MetaControl, customer: Customer, company: str, surface: str) -> None:
        self._meta = meta
        self._customer = customer
        self._company_path = f"{surface}/{company}/"
        self._surface = surface
        self.session = loopback_session()
        self._page: HtmlPage | None = None

    def open_company_page(self) -> CompanyPage:
        """Open the company's page by its address."""
        address = self._meta.base_url + self._company_path
        try:
            answer = self.session.get(address, timeout=TIMEOUT_S)
        except requests.RequestException as trouble:
            raise HarnessError(f"the emulated Instagram does not answer: {trouble}") from trouble
        self._page = HtmlPage(self.session, answer)
        return _company_page(self._page)

    def log_in(self) -> CompanyPage:
        """Press Enter, fill in the login form, press Log in."""
        self._press("enter")
        filled = {
            "login-username": self._customer.username,
            "login-password": self._customer.password,
        }
        self._press("log-in", filled)
        return _company_page(self._here())

    def decline_saved_login(self) -> CompanyPage:
        """Select Not now."""
        self._press("not-now")
        return _company_page(self._here())

    def arrive_logged_in(self) -> CompanyPage:
        """Log in and decline the offer in one go."""
        self.open_company_page()
        standing = self.log_in()
        return self.decline_saved_login() if standing.asks_to_save_login else standing

    def send(self, text: str) -> SentMessage:
        """Write to the company."""
        return self._meta.send(self._customer.username, text)

    def send_picture(self) -> SentMessage:
        """Send a picture to the company."""
        return self._meta.send_attachment(self._customer.username, "image")

    def thread(self) -> tuple[ThreadMessage, ...]:
        """The thread as this customer sees it; unsent messages are not seen."""
        messages = self._meta.thread(self._customer.username)
        return tuple(message for message in messages if not message.unsent)

    def unsend(self, mid: str) -> None:
        """Withdraw one message on this surface."""
        surface = UNSEND_SURFACE[self._surface]
        self._meta.unsend(self._customer.username, mid, surface=surface)

    def publish_story(self, mention: str, caption: str) -> Story:
        """Publish a story that mentions the account."""
        return self._meta.publish_story(self._customer.username, mention=mention, caption=caption)

    def _press(self, test_id: str, filled: dict[str, str] | None = None) -> None:
        page = self._here()
        try:
            arrived = page.press(test_id, filled, timeout_s=TIMEOUT_S)
        except requests.RequestException as trouble:
            raise HarnessError(f"the emulated Instagram does not answer: {trouble}") from trouble
        if arrived is None:
            raise HarnessError(f"the emulated Instagram shows no {test_id!r} at {page.url}")
        if arrived.status >= 400:
            raise HarnessError(
                f"the emulated Instagram answered {arrived.status} after {test_id!r} at {page.url}"
            )
        self._page = arrived

    def _here(self) -> HtmlPage:
        if self._page is None:
            self.open_company_page()
        assert self._page is not None
        return self._page


class HttpHandsLender:
    """Lends hands that need no browser."""

    def __init__(self, meta: MetaControl, company: str) -> None:
        self._meta = meta
        self._company = company

    def on_website(self, customer: Customer) -> HttpHands:
        """The customer at Instagram's website."""
        return HttpHands(self._meta, customer, self._company, WEBSITE)

    def on_phone(self, customer: Customer) -> HttpHands:
        """The customer at Instagram's phone app."""
        return HttpHands(self._meta, customer, self._company, PHONE)

    def put_away(self) -> None:
        """Nothing stays open."""


def _company_page(page: HtmlPage) -> CompanyPage:
    return CompanyPage(
        title=page.title,
        heading=page.text("page-title"),
        logged_in=page.find("send-message") is not None or page.find("not-now") is not None,
        asks_to_save_login=page.find("not-now") is not None,
        offers=page.texts("a", "button"),
    )
