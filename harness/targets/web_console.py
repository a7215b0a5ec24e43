"""Any console with pages, seen through a selector table: the login page and what ENTER leads to."""

from __future__ import annotations

from playwright.sync_api import Frame

from harness.drivers.browser import Browser
from harness.drivers.browser_window import BrowserWindow, Glass
from harness.targets.console_page import ConsolePage
from harness.targets.contract import Arrival, Credentials, Outcome, SignIn, WindowWish
from harness.targets.selectors import Selectors
from harness.targets.web_desk import WebDesk

SLOW_DOWN_WORDS = ("too many", "try again in", "wait", "muitas tentativas", "aguarde")
TOO_MANY_REQUESTS = 429
FORGET = """selector => {
  document.querySelectorAll(selector).forEach(e => { e.textContent = ""; });
  performance.clearResourceTimings();
}"""
READ_STATUSES = """() => ["navigation", "resource"].flatMap(
  kind => performance.getEntriesByType(kind).map(entry => entry.responseStatus))"""
OUTCOMES = ("application", "ready", "password_creation", "open_console", "login_error")


class WebConsole:
    """One browser window in front of the console's login page."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        selectors: Selectors,
        wish: WindowWish,
        *,
        page_s: float,
        act_s: float,
    ) -> None:
        self._url = url
        self._selectors = selectors
        self._window: BrowserWindow = browser.open_window(
            Glass(
                label=wish.label,
                width=wish.width,
                height=wish.height,
                notifications=wish.notifications,
                blocks_windows=wish.blocks_windows,
            )
        )
        self._page = ConsolePage(self._window, selectors, page_s=page_s, act_s=act_s)
        self._arrived = False

    @property
    def camera(self) -> BrowserWindow:
        """The window itself."""
        return self._window

    def arrive(self) -> Arrival:
        """Open the test page and see what stands there once it has settled."""
        visited: list[str] = []
        page = self._window.page

        def note(frame: Frame) -> None:
            if frame == page.main_frame:
                visited.append(frame.url)

        self._window.listen(page, "framenavigated", note)
        status, redirects = self._page.go(self._url)
        self._window.wait_for(
            lambda: self._page.shows("password") or None, timeout_s=self._page.act_s / 2
        )
        seen = self._page.read("login_page.js")
        self._arrived = True
        return Arrival(
            requested_url=self._url,
            final_url=page.url,
            redirects=(*redirects, *visited[:-1]),
            status=status,
            title=seen["title"],
            has_login_form=seen["form"],
            labels=tuple(seen["labels"]),
            buttons=tuple(seen["buttons"]),
            links=tuple(seen["links"]),
            fits_window=seen["fits"],
        )

    def sign_in(self, credentials: Credentials) -> SignIn:
        """Fill in the form, press ENTER, wait for whatever comes of it."""
        if not self._arrived:
            self.arrive()
        before = len(self._window.pages)
        self._page.fill("login", credentials.login)
        self._page.fill("password", credentials.password)
        self._forget_error()
        self._page.press("enter")
        return self._await_outcome(before)

    def link(self) -> str | None:
        """The label of the visible link to the application."""
        self._page.need("open_console")
        return self._page.text("open_console") or None

    def follow_link(self) -> SignIn:
        """Press the link to the application."""
        before = len(self._window.pages)
        self._page.press("open_console")
        return self._await_outcome(before, link_counts=False)

    def close(self) -> None:
        """Close the window with all its pages."""
        seat = self._window.close()
        if seat is not None:
            seat.context.close()

    def _await_outcome(self, pages_before: int, *, link_counts: bool = True) -> SignIn:
        def look() -> SignIn | None:
            return self._outcome(pages_before, link_counts=link_counts)

        found = self._window.wait_for(look, timeout_s=self._page.page_s)
        return found or SignIn(Outcome.UNCLEAR, self._page.text("login_error"), None, None)

    def _outcome(self, pages_before: int, *, link_counts: bool) -> SignIn | None:
        new_window = len(self._window.pages) > pages_before
        seen = self._page.visible(*OUTCOMES)
        is_ready = seen["ready"] is not None or not self._selectors.has("ready")
        if seen["application"] is not None and is_ready:
            self._arrived = False
            desk = WebDesk(self._page, self._window.page)
            return SignIn(Outcome.SIGNED_IN, "", new_window, desk)
        if seen["password_creation"] is not None:
            return SignIn(Outcome.PASSWORD_CREATION, "", new_window, None)
        if link_counts and seen["open_console"] is not None:
            return SignIn(Outcome.WINDOW_BLOCKED, seen["open_console"], new_window, None)
        message = seen["login_error"]
        if not message:
            return None
        outcome = Outcome.THROTTLED if self._is_slowed_down(message) else Outcome.REFUSED
        return SignIn(outcome, message, None, None)

    def _forget_error(self) -> None:
        # a refusal of an earlier attempt must not be taken for the answer to this one
        self._page.run(FORGET, self._selectors["login_error"])

    def _is_slowed_down(self, message: str) -> bool:
        if any(word in message.lower() for word in SLOW_DOWN_WORDS):
            return True
        return TOO_MANY_REQUESTS in self._page.run(READ_STATUSES)
