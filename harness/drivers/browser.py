"""One Chromium for a run, one window (a context of its own) for each person.

What a window saw is kept as a Playwright trace while it is open, and thrown away unless the case
failed. Everything runs in the caller's thread.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from harness.errors import HarnessError

T = TypeVar("T")

# Chromium's own background traffic would cost time and reach out of the machine.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
)
POLL_MS = 20


@dataclass(frozen=True)
class Glass:
    """How a window looks and what its owner allows."""

    label: str
    width: int = 1440
    height: int = 900
    notifications: str = "block"  # "allow" or "block"
    blocks_windows: bool = False
    is_phone: bool = False


class Browser:
    """Opens windows; starts Chromium when the first one is asked for."""

    def __init__(
        self, executable: str | Path, *, headed: bool = False, traces: bool = True
    ) -> None:
        self._executable = str(executable)
        self._headed = headed
        self._traces = traces
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._windows: list[BrowserWindow] = []

    def open_window(self, glass: Glass) -> BrowserWindow:
        """A fresh window that shares nothing with the others."""
        try:
            context = self._start().new_context(
                viewport={"width": glass.width, "height": glass.height},
                is_mobile=glass.is_phone,
                has_touch=glass.is_phone,
                locale="en-US",
                permissions=["notifications"] if glass.notifications == "allow" else [],
                reduced_motion="reduce",
            )
        except Error as trouble:
            raise HarnessError(f"Chromium opened no window: {trouble.message}") from trouble
        window = BrowserWindow(context, glass, traced=self._traces)
        self._windows.append(window)
        return window

    def close_windows(self, keep_traces_in: Path | None = None) -> tuple[Path, ...]:
        """Close every window; with a folder given, keep their traces there and name the files."""
        kept = []
        for number, window in enumerate(self._windows, start=1):
            trace = None
            if keep_traces_in is not None and self._traces:
                trace = keep_traces_in / f"trace-{number}-{window.label}.zip"
            if window.close(trace) and trace is not None:
                kept.append(trace)
        self._windows.clear()
        return tuple(kept)

    def close(self) -> None:
        """End Chromium."""
        self.close_windows()
        if self._chromium is not None:
            self._chromium.close()
        if self._playwright is not None:
            self._playwright.stop()
        self._chromium = self._playwright = None

    def _start(self) -> Chromium:
        if self._chromium is None:
            self._playwright = sync_playwright().start()
            sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
            try:
                self._chromium = self._playwright.chromium.launch(
                    executable_path=self._executable,
                    headless=not self._headed,
                    args=[*QUIET, *sandbox],
                )
            except Error as trouble:
                self._playwright.stop()
                self._playwright = None
                raise HarnessError(
                    f"Chromium at {self._executable} does not start: {trouble.message}"
                ) from trouble
        return self._chromium


class BrowserWindow:
    """One person's browser: its newest page is the one in front."""

    def __init__(self, context: BrowserContext, glass: Glass, *, traced: bool) -> None:
        self.context = context
        self.label = glass.label
        self.glass = glass
        self._traced = traced
        self._closed = False
        self._touched = False
        choice = "granted" if glass.notifications == "allow" else "denied"
        context.add_init_script(script("notifications.js").replace("CHOICE", choice))
        if glass.blocks_windows:
            context.add_init_script(script("no_windows.js"))
        if traced:
            context.tracing.start(screenshots=False, snapshots=True, sources=False)
        context.new_page()

    @property
    def page(self) -> Page:
        """The page in front; asking for it counts as doing something in the window."""
        self._touched = True
        return self.pages[-1]

    @property
    def pages(self) -> list[Page]:
        """All open pages, oldest first."""
        return [page for page in self.context.pages if not page.is_closed()]

    def wait_for(self, observe: Callable[[], T | None], *, timeout_s: float) -> T | None:
        """Look again and again until there is something; None when time is up."""
        deadline = time.monotonic() + timeout_s
        while True:
            found = observe()
            if found is not None or time.monotonic() >= deadline:
                return found
            self.pages[-1].wait_for_timeout(POLL_MS)  # lets Playwright hear of new windows

    def shoot(self) -> bytes | None:
        """A JPEG of the page in front, None when nothing was done since the last one."""
        if self._closed or not self._touched or not self.pages:
            return None
        self._touched = False
        try:
            return self.pages[-1].screenshot(type="jpeg", quality=70, timeout=5_000)
        except Error:
            return None  # a crashed page has no picture; the hands report it themselves

    def close(self, trace: Path | None = None) -> bool:
        """Close the window, writing its trace first if a path is given; False if closed before."""
        if self._closed:
            return False
        self._closed = True
        try:
            if trace is not None and self._traced:
                self.context.tracing.stop(path=trace)
            self.context.close()
        except Error:
            return False  # the browser died; whoever used it has said so
        return True


def script(name: str) -> str:
    """The text of one of the scripts that run inside pages."""
    return files("harness.drivers").joinpath("static", name).read_text("utf-8")
