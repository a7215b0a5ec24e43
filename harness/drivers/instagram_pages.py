"""A customer's hands on Instagram's pages in a window; website and phone app refine them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator

from harness.drivers.browser import Browser
from harness.drivers.browser_window import BrowserWindow, Glass
from harness.drivers.contract import (
    CompanyPage,
    Customer,
    SentMessage,
    Story,
    ThreadMessage,
)
from harness.drivers.instagram_http import HttpHands
from harness.drivers.meta_control import MetaControl
from harness.errors import HarnessError

T = TypeVar("T")

TIMEOUT_MS = 8_000

READ_PAGE = """() => {
  const by = id => document.querySelector(`[data-testid="${id}"]`);
  const offers = [...document.querySelectorAll("a, button")].map(e => e.innerText.trim());
  return {title: document.title, heading: by("page-title")?.innerText.trim() ?? "",
          prompt: !!by("not-now"), write: !!by("send-message"), offers: offers.filter(t => t)};
}"""
READ_THREAD = """() => [...document.querySelectorAll('[data-testid="direct-message"]')].map(e => ({
  mid: e.dataset.mid, sender: e.dataset.from, kind: e.dataset.kind,
  text: e.querySelector('[data-testid="direct-text"]')?.innerText ?? ""}))"""


def by(test_id: str) -> str:
    """The selector of a test id."""
    return f'[data-testid="{test_id}"]'


class PageHands:
    """One customer in one window; the window opens when it is first needed."""

    surface = "/www.instagram.com"
    glass = Glass(label="instagram", is_traced=False)

    def __init__(
        self, browser: Browser, meta: MetaControl, customer: Customer, company: str
    ) -> None:
        self._browser = browser
        self._meta = meta
        self._customer = customer
        self._company = company
        self._company_path = f"{self.surface}/{company}/"
        self._opened: BrowserWindow | None = None
        self._logged_in = False

    @property
    def camera(self) -> BrowserWindow:
        """The customer's window."""
        return self.window

    @property
    def window(self) -> BrowserWindow:
        """The customer's window, opened now if it was not."""
        if self._opened is None:
            self._opened = self._browser.open_window(self.glass)
        return self._opened

    def open_company_page(self) -> CompanyPage:
        """Open the company's page by its address."""
        self._go(self._company_path)
        return self._read_page()

    def log_in(self) -> CompanyPage:
        """Press Enter, fill in the login form, press Log in."""
        self._follow("enter")
        self._fill("login-username", self._customer.username)
        self._fill("login-password", self._customer.password)
        self._follow("log-in")
        self._logged_in = True
        return self._read_page()

    def decline_saved_login(self) -> CompanyPage:
        """Select Not now."""
        self._follow("not-now")
        return self._read_page()

    def arrive_logged_in(self) -> CompanyPage:
        """Bring a session along, as somebody who logged in earlier."""
        self._bring_session()
        return self.open_company_page()

    def send(self, text: str) -> SentMessage:
        """Open Direct if needed, write, press Send; the thread then shows the message."""
        self._open_direct()
        before = self._own_mids()
        self._fill("direct-composer", text)
        self._click("direct-send")
        return SentMessage(self._await_sent(before), text)

    def send_picture(self) -> SentMessage:
        """Open Direct if needed, press the button that sends a photo."""
        self._open_direct()
        before = self._own_mids()
        self._click("direct-photo")
        return SentMessage(self._await_sent(before), "", "image")

    def thread(self) -> tuple[ThreadMessage, ...]:
        """Direct as it stands on the screen; opened if another page is there."""
        self._open_direct()
        return tuple(ThreadMessage(**message) for message in self._read_thread())

    def unsend(self, mid: str) -> None:
        """Withdraw the message through its menu; it is gone from the thread afterwards."""
        self._open_direct()
        try:
            self._choose_unsend(f'{by("direct-message")}[data-mid="{mid}"]')
        except Error as trouble:
            raise self._broken("does not let a message be unsent", trouble) from trouble
        self._await(
            lambda: mid not in self._own_mids() or None, "still shows a message that was unsent"
        )

    def publish_story(self, mention: str, caption: str) -> Story:
        """Compose a story that mentions the account and press Share."""
        if not self._logged_in:
            self._bring_session()
        self._go(f"{self.surface}/stories/new/")
        self._fill("story-caption", caption)
        self._fill("story-mention", f"@{mention}")
        self._follow("share-story")
        shared = self._locate("story-shared")
        return Story(
            id=shared.get_attribute("data-story-id") or "",
            mid=shared.get_attribute("data-mid") or None,
            not_sent_because=self._text("emulator-note"),
        )

    def _choose_unsend(self, message: str) -> None:
        raise NotImplementedError

    def _own_mids(self) -> set[str]:
        return {entry["mid"] for entry in self._read_thread() if entry["sender"] == "customer"}

    def _await_sent(self, before: set[str]) -> str:
        def fresh() -> str | None:
            return next(iter(self._own_mids() - before), None)

        return self._await(fresh, "does not show a message that was just sent")

    def _await(self, observe: Callable[[], T | None], trouble: str) -> T:
        found = self.window.wait_for(observe, timeout_s=TIMEOUT_MS / 1000)
        if found is None:
            raise HarnessError(f"the emulated Direct {trouble} ({self.window.page.url})")
        return found

    def _bring_session(self) -> None:
        hands = HttpHands(self._meta, self._customer, self._company, self.surface)
        hands.arrive_logged_in()
        host = urlsplit(self._meta.base_url).hostname or "127.0.0.1"
        self.window.context.add_cookies(
            [
                {"name": cookie.name, "value": cookie.value or "", "domain": host, "path": "/"}
                for cookie in hands.session.cookies
            ]
        )
        self._logged_in = True

    def _open_direct(self) -> None:
        page = self.window.page
        if "/direct/t/" in page.url:
            return
        if not self._logged_in:
            self._bring_session()
        if page.url.endswith(self._company_path):
            self._follow("send-message")
        else:
            self._go(f"{self.surface}/direct/t/{self._company}/")

    def _read_page(self) -> CompanyPage:
        seen: dict[str, Any] = self._evaluate(READ_PAGE)
        return CompanyPage(
            title=seen["title"],
            heading=seen["heading"],
            logged_in=seen["write"] or seen["prompt"],
            asks_to_save_login=seen["prompt"],
            offers=tuple(seen["offers"]),
        )

    def _read_thread(self) -> list[dict[str, Any]]:
        thread: list[dict[str, Any]] = self._evaluate(READ_THREAD)
        return thread

    def _evaluate(self, script: str) -> Any:
        try:
            return self.window.read(script)
        except Error as trouble:
            raise self._broken("cannot be read", trouble) from trouble

    def _go(self, path: str) -> None:
        try:
            self.window.page.goto(self._meta.base_url + path, wait_until="domcontentloaded")
        except Error as trouble:
            raise self._broken(f"does not open {path}", trouble) from trouble

    def _locate(self, test_id: str) -> Locator:
        located = self.window.page.locator(by(test_id)).first
        try:
            located.wait_for(timeout=TIMEOUT_MS)
        except Error as trouble:
            raise self._broken(f"shows no {test_id!r}", trouble) from trouble
        return located

    def _follow(self, test_id: str) -> None:
        """Press what leads to another page, and wait until that page and its scripts are there."""
        page = self.window.page
        try:
            with page.expect_navigation(wait_until="domcontentloaded", timeout=TIMEOUT_MS):
                self._click(test_id)
        except Error as trouble:
            raise self._broken(f"leads nowhere after {test_id!r}", trouble) from trouble

    def _text(self, test_id: str) -> str | None:
        located = self.window.page.locator(by(test_id)).first
        return located.inner_text() if located.count() else None

    def _click(self, test_id: str) -> None:
        try:
            self.window.page.locator(by(test_id)).first.click(timeout=TIMEOUT_MS)
        except Error as trouble:
            raise self._broken(f"does not let {test_id!r} be pressed", trouble) from trouble

    def _fill(self, test_id: str, text: str) -> None:
        try:
            self.window.page.locator(by(test_id)).first.fill(text, timeout=TIMEOUT_MS)
        except Error as trouble:
            raise self._broken(f"does not let {test_id!r} be filled in", trouble) from trouble

    def _broken(self, what: str, trouble: Error) -> HarnessError:
        address = self.window.page.url
        return HarnessError(f"the emulated Instagram {what} ({address}): {trouble.message}")
