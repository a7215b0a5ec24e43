"""A console's pages in a browser window: presses and reads, and words what is missing.

What the review demands and the page does not offer is a ConformanceFailure; a page that is gone,
crashed or unreachable is a TargetError.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Error, Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from harness.drivers.browser_window import BrowserWindow
from harness.errors import ConformanceFailure, TargetError
from harness.targets.selectors import Selectors


class ConsolePage:
    """One window in front of a console, read through its selector table."""

    def __init__(
        self, window: BrowserWindow, selectors: Selectors, *, page_s: float, act_s: float
    ) -> None:
        self.window = window
        self.selectors = selectors
        self.page_s = page_s
        self.act_s = act_s

    def go(self, url: str) -> tuple[int, tuple[str, ...]]:
        """Open an address; its final HTTP status and the addresses that redirected."""
        try:
            answer = self.window.page.goto(
                url, wait_until="domcontentloaded", timeout=self.page_s * 1000
            )
        except Error as trouble:
            raise TargetError(f"the console does not open {url}: {_first(trouble)}") from trouble
        hops = []
        request = answer.request if answer else None
        while request and request.redirected_from:
            request = request.redirected_from
            hops.append(request.url)
        return (answer.status if answer else 0), tuple(reversed(hops))

    def reload(self) -> None:
        """Reload the page in front."""
        try:
            self.window.page.reload(wait_until="domcontentloaded", timeout=self.page_s * 1000)
        except Error as trouble:
            raise TargetError(f"the console does not reload: {_first(trouble)}") from trouble

    def run(self, script: str, argument: object = None) -> Any:  # JSON from the page
        """Run a script in the page in front."""
        try:
            return self.window.read(script, argument)
        except Error as trouble:
            raise TargetError(f"the console's page cannot be read: {_first(trouble)}") from trouble

    def read(self, name: str) -> Any:  # JSON from the page
        """Run one of our reading scripts with the selector table."""
        return self.run(_script(name), self.selectors.plain())

    def visible(self, *names: str) -> dict[str, str | None]:
        """The words of elements of the page in front, None for what cannot be seen."""
        wanted = {name: self.selectors.plain()[name] for name in names}
        seen: dict[str, str | None] = self.run(_script("visible.js"), wanted)
        return seen

    def need(self, name: str) -> None:
        """Raise NotApplicable when the console's table lacks this ability."""
        _ = self.selectors[name]

    def shows(self, name: str) -> bool:
        """Whether this is visible on the page in front; False too when the console has none."""
        return self.visible(name)[name] is not None

    def text(self, name: str) -> str:
        """The visible text of an element, empty when it is not there."""
        return self.visible(name)[name] or ""

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button, link or entry of the table."""
        self._act(name, "to be pressed", lambda it: it.click(timeout=self.act_s * 1000), within)

    def fill(self, name: str, text: str) -> None:
        """Write into a field of the table."""
        self._act(name, "to be filled in", lambda it: it.fill(text, timeout=self.act_s * 1000))

    def _locate(self, name: str) -> Locator:
        return self.window.page.locator(self.selectors[name]).first

    def _act(self, name: str, wish: str, act: Any, within: Locator | None = None) -> None:
        located = within or self._locate(name)
        try:
            act(located)
        except PlaywrightTimeout as trouble:
            raise ConformanceFailure(
                f"the console has what the review uses: {name}",
                expected=f"{self.selectors[name]} {wish}",
                actual=f"not possible at {self.window.page.url}: {_first(trouble)}",
                waited_s=self.act_s,
            ) from trouble
        except Error as trouble:
            raise TargetError(f"the console's page is gone: {_first(trouble)}") from trouble


def _first(trouble: Error) -> str:
    return trouble.message.strip().splitlines()[0]


@cache
def _script(name: str) -> str:
    return files("harness.targets").joinpath("static", name).read_text("utf-8")
