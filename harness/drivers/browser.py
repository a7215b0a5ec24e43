"""One Chromium for a run; it lends windows to people and takes them back after a case.

Starting renderers and compiling pages is most of the work of a browser, so a window that was given
back is cleaned (pages, cookies, storage) and lent again to whoever wants the same kind of glass. A
window that cannot be cleaned for certain is thrown away.
"""

from __future__ import annotations

import os
from pathlib import Path

import psutil
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error, Playwright, sync_playwright

from harness.drivers import chromium_process
from harness.drivers.browser_window import BrowserWindow, Glass, Seat, script
from harness.errors import HarnessError

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


class Browser:
    """Lends windows; starts Chromium when the first one is asked for."""

    def __init__(
        self, executable: str | Path, *, headed: bool = False, answer_s: float = 10.0
    ) -> None:
        self._executable = str(executable)
        self._headed = headed
        self.answer_s = answer_s
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._processes: list[psutil.Process] = []
        self._lent: list[BrowserWindow] = []
        self._idle: dict[Glass, list[Seat]] = {}

    def start(self) -> None:
        """Start Chromium now, if it does not run yet."""
        self._running()

    def open_window(self, glass: Glass) -> BrowserWindow:
        """A window that shares nothing with the others and remembers nothing."""
        idle = self._idle.get(glass)
        try:
            seat = idle.pop() if idle else self._new_seat(glass)
            window = BrowserWindow(seat, glass, self.answer_s)
        except Error as trouble:
            raise HarnessError(f"Chromium opened no window: {trouble.message}") from trouble
        self._lent.append(window)
        return window

    def close_windows(self, keep_traces_in: Path | None = None) -> tuple[Path, ...]:
        """Take every window back; with a folder given, keep their traces there, name the files."""
        kept = []
        for number, window in enumerate(self._lent, start=1):
            trace = None
            if keep_traces_in is not None and window.glass.is_traced:
                trace = keep_traces_in / f"trace-{number}-{window.label}.zip"
            seat = window.close(trace)
            if seat is not None:
                self._idle.setdefault(window.glass, []).append(seat)
            if trace is not None and trace.exists():
                kept.append(trace)
        self._lent.clear()
        return tuple(kept)

    def close(self) -> None:
        """End Chromium."""
        self.close_windows()
        self._idle.clear()
        if self._chromium is not None:
            self._chromium.close()
        if self._playwright is not None:
            self._playwright.stop()
        self._chromium = self._playwright = None

    def end_chromium(self) -> None:
        """Kill Chromium, from any thread: whoever waits for a page gets an error.

        The next window starts it anew. Some questions to a page have no time limit, and a page
        whose script never ends would let them wait for ever.
        """
        chromium_process.end(self._processes)

    def _new_seat(self, glass: Glass) -> Seat:
        allowed = glass.notifications == "allow"
        context = self._running().new_context(
            viewport={"width": glass.width, "height": glass.height},
            locale="en-US",
            permissions=["notifications"] if allowed else [],
            reduced_motion="reduce",
        )
        choice = "granted" if allowed else "denied"
        context.add_init_script(script("notifications.js").replace("CHOICE", choice))
        if glass.blocks_windows:
            context.add_init_script(script("no_windows.js"))
        if glass.is_traced:
            context.tracing.start(screenshots=False, snapshots=True, sources=False)
        home = context.new_page()
        return Seat(context, home, context.new_cdp_session(home))

    def _running(self) -> Chromium:
        if self._chromium is not None and self._chromium.is_connected():
            return self._chromium
        self._idle.clear()
        if self._playwright is None:
            self._playwright = sync_playwright().start()
        sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
        try:
            with chromium_process.newcomers() as started:
                self._chromium = self._playwright.chromium.launch(
                    executable_path=self._executable,
                    headless=not self._headed,
                    args=[*QUIET, *sandbox],
                )
                self._processes = started()
        except Error as trouble:
            self._playwright.stop()
            self._playwright = None
            raise HarnessError(
                f"Chromium at {self._executable} does not start: {trouble.message}"
            ) from trouble
        return self._chromium
