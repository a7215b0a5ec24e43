"""One person's window: its newest page is the one in front.

What it saw is kept as a Playwright trace while it is lent, and thrown away unless the case failed.
Everything runs in the caller's thread.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Error, Page

from harness.clock import SystemClock
from harness.errors import HarnessError, TargetError

T = TypeVar("T")

POLL_S = 0.02
READ_TRIES = 5
NOWHERE = "about:blank"
PICTURE = {"format": "jpeg", "quality": 70, "optimizeForSpeed": True}


@dataclass(frozen=True)
class Glass:
    """How a window looks and what its owner allows."""

    label: str
    width: int = 1440
    height: int = 900
    notifications: str = "block"  # "allow" or "block"
    blocks_windows: bool = False
    is_traced: bool = True  # costs a third of the time: only where somebody is judged


class Speaker(Protocol):
    """A page or a context: something with events."""

    def on(self, event: Any, f: Any) -> None:
        """Call `f` at the event."""

    def remove_listener(self, event: Any, f: Any) -> None:
        """Call it no more."""


@dataclass(frozen=True, eq=False)
class Seat:
    """What outlives a case: a context of Chromium, its first page, and the line to that page."""

    context: BrowserContext
    home: Page
    line: CDPSession


class BrowserWindow:
    """A seat that is lent for one case."""

    def __init__(self, seat: Seat, glass: Glass, answer_s: float) -> None:
        self.context = context = seat.context
        self._seat = seat
        self.label = glass.label
        self.glass = glass
        self._home = seat.home
        self._is_closed = False
        self._is_touched = False
        self._is_silent = False
        self._answer_s = answer_s
        self._clock = SystemClock()
        self._origins: set[str] = set()
        self._reads = 0
        self._lines = {seat.home: seat.line}
        self._listening: list[tuple[Speaker, str, Callable[..., None]]] = []
        self.listen(self._home, "framenavigated", self._note_origin)
        self.listen(context, "page", self._note_page)
        if glass.is_traced:
            context.tracing.start_chunk(title=glass.label)

    @property
    def page(self) -> Page:
        """The page in front; asking for it counts as doing something in the window."""
        self._is_touched = True
        return self.pages[-1]

    @property
    def pages(self) -> list[Page]:
        """All open pages, oldest first."""
        if self._is_closed or not self.context.pages:
            raise HarnessError(f"the window {self.label!r} was closed before the case was over")
        return self.context.pages

    def listen(self, speaker: Speaker, event: str, hear: Callable[..., None]) -> None:
        """Hear of an event until the window is given back."""
        speaker.on(event, hear)
        self._listening.append((speaker, event, hear))

    def read(self, script: str, argument: object = None, *, page: Page | None = None) -> Any:
        """What a script returns about a page, by default the one in front.

        Goes by Chromium's own protocol, so that looking leaves no trace and costs little; a page
        that is just changing is looked at again.
        """
        subject = page or self.page
        expression = f"({script})({json.dumps(argument)})"
        for _ in range(READ_TRIES - 1):
            try:
                return self._evaluate(subject, expression)
            except Error:
                self._clock.sleep(POLL_S)
        return self._evaluate(subject, expression)

    def wait_for(self, observe: Callable[[], T | None], *, timeout_s: float) -> T | None:
        """Look again and again until there is something; None when time is up."""
        deadline = time.monotonic() + timeout_s
        while True:
            reads = self._reads
            found = observe()
            if found is not None or time.monotonic() >= deadline:
                return found
            self._clock.sleep(POLL_S)
            if self._reads == reads:
                self.read("() => null")  # Playwright hears of new pages only while it is asked

    @property
    def is_gone(self) -> bool:
        """Whether the window was given back."""
        return self._is_closed

    def shoot(self) -> bytes | None:
        """A JPEG of the page in front, None when nothing was done since the last one."""
        if self._is_closed or self._is_silent or not self._is_touched:
            return None
        self._is_touched = False
        try:
            taken = self._ask(self.pages[-1], "Page.captureScreenshot", PICTURE)
        except (Error, TargetError):
            return None  # a crashed page has no picture; the hands report it themselves
        return base64.b64decode(taken["data"])

    def close(self, trace: Path | None = None) -> Seat | None:
        """Close the window, writing its trace if a path is given; its seat if that is clean."""
        if self._is_closed:
            return None
        self._is_closed = True
        for speaker, event, hear in self._listening:
            speaker.remove_listener(event, hear)
        try:
            if self.glass.is_traced:
                self.context.tracing.stop_chunk(path=trace)
            if not self._is_silent and self._clean():
                return self._seat
            self.context.close()
        except (Error, TargetError):
            return None  # the browser died or hangs; whoever used the window has said so
        return None

    def _evaluate(self, page: Page, expression: str) -> Any:
        self._reads += 1
        wish = {"expression": expression, "returnByValue": True}
        answer = self._ask(page, "Runtime.evaluate", wish)
        if "exceptionDetails" in answer:
            raise Error(str(answer["exceptionDetails"].get("exception", answer)))
        return answer["result"].get("value")

    def _ask(self, page: Page, method: str, wish: dict[str, Any]) -> dict[str, Any]:
        """One question to a page, TargetError when no answer comes.

        `CDPSession.send` waits for ever when the page's script never ends, even when Chromium is
        killed meanwhile; only its coroutine can be given a limit, and that one is not public.
        """
        line = self._line(page)
        question = line._impl_obj.send(method, wish)  # noqa: SLF001
        try:
            answer: dict[str, Any] = line._sync(asyncio.wait_for(question, self._answer_s))  # noqa: SLF001
        except TimeoutError as trouble:
            self._is_silent = True
            raise TargetError(
                f"the page {page.url} in the window {self.label!r} answered nothing for "
                f"{self._answer_s:g} s; most likely a script of it does not end"
            ) from trouble
        return answer

    def _line(self, page: Page) -> CDPSession:
        if page not in self._lines:
            self._lines[page] = self.context.new_cdp_session(page)
        return self._lines[page]

    def _clean(self) -> bool:
        """Make the context forget everything; False when that cannot be done for certain."""
        home = self._home
        # sessionStorage of an origin can only be cleared while the page stands there
        if home.is_closed() or len(self._origins) > 1 or _origin(home.url) not in self._origins:
            return False
        for page in self.context.pages[1:]:
            page.close()
        self._evaluate(home, "sessionStorage.clear(), window.name = ''")
        forget = self._seat.line
        home.goto(NOWHERE, wait_until="commit")
        for origin in self._origins:
            wish = {"origin": origin, "storageTypes": "all"}
            forget.send("Storage.clearDataForOrigin", wish)
        self.context.clear_cookies()
        return self.context.pages == [home]

    def _note_page(self, page: Any) -> None:
        self.listen(page, "framenavigated", self._note_origin)

    def _note_origin(self, frame: Any) -> None:
        origin = _origin(frame.url)
        if origin:
            self._origins.add(origin)


def script(name: str) -> str:
    """The text of one of the scripts that run inside pages."""
    return files("harness.drivers").joinpath("static", name).read_text("utf-8")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
