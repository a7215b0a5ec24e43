"""A browser window of an agent, with words for what tests of the pages do and look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from harness.targets.contract import Credentials

READY = 'html[data-ready="true"]'


@dataclass
class ConsoleWindow:
    """One browser: the login page, and the application once somebody has signed in."""

    context: BrowserContext
    login_page: Page
    application: Page | None = None
    complaints: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.application or self.login_page

    def see(self, testid: str) -> Locator:
        return self.page.locator(f'[data-testid="{testid}"]')

    def fill_in(self, agent: Credentials) -> None:
        self.see("login").fill(agent.login)
        self.see("password").fill(agent.password)

    def sign_in(self, agent: Credentials) -> ConsoleWindow:
        self.fill_in(agent)
        with self.context.expect_page() as opened:
            self.see("enter").click()
        self.application = opened.value
        self.application.wait_for_selector(READY)
        return self

    def operate(self, label: str = "Operating") -> ConsoleWindow:
        self.see("status-menu").click()
        self.see("status-option-operating").click()
        expect(self.see("status-current")).to_have_text(label)
        return self

    def reload(self) -> None:
        self.page.reload()
        self.page.wait_for_selector(READY)

    def conversation(self, name: str) -> Locator:
        named = self.page.get_by_text(name, exact=True)
        return self.see("conversation").filter(has=named)

    def open(self, name: str) -> None:
        self.conversation(name).click()
        expect(self.see("conversation-title")).to_contain_text(name)

    def resize(self, width: int, height: int = 800) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def width(self) -> int:
        """How wide the page's content is, in CSS pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def html(self) -> str:
        return self.page.content()

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)


@contextmanager
def console_window(
    chromium: Browser, url: str, *, width: int = 1440, script: str = ""
) -> Iterator[ConsoleWindow]:
    """A fresh browser on the login page; script errors and policy violations fail the test."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale="en-US", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    if script:
        context.add_init_script(script)
    window = ConsoleWindow(context, context.new_page())
    context.on("page", window.listen)
    window.listen(window.login_page)
    window.login_page.goto(url)
    yield window
    context.close()
    assert window.complaints == []
