"""Somebody else's console, already running, driven through a selector table."""

from __future__ import annotations

import requests

from harness.config import PatienceSettings
from harness.drivers.browser import Browser
from harness.drivers.meta_control import MetaControl
from harness.errors import TargetError
from harness.processes import Launcher
from harness.targets.contract import Console, Staff, WindowWish
from harness.targets.registration import register_webhook
from harness.targets.selectors import Selectors
from harness.targets.web_console import WebConsole


class VendorConsole:
    """A console of kind `web_console`; it is connected, never started or stopped."""

    def __init__(
        self,
        name: str,
        browser: Browser,
        *,
        addresses: tuple[str, str],
        staff: Staff,
        selectors: Selectors,
        patience: PatienceSettings,
    ) -> None:
        self.name = name
        self.staff = staff
        self.console_url, self.webhook_url = addresses
        self._browser = browser
        self._selectors = selectors
        self._patience = patience

    def start(self, launcher: Launcher, meta: MetaControl) -> None:  # noqa: ARG002 - it runs already
        """Make sure that the console answers at all."""
        trouble = self.check_alive()
        if trouble:
            raise TargetError(trouble)

    def connect(self, meta: MetaControl) -> None:
        """Register the webhook at Meta."""
        register_webhook(meta, self.name, self.webhook_url)

    def check_alive(self) -> str | None:
        """Why the test page does not answer, None when it does."""
        try:
            requests.get(self.console_url, timeout=self._patience.page_s, allow_redirects=False)
        except requests.RequestException as trouble:
            return (
                f"the console {self.name} does not answer at {self.console_url} "
                f"({type(trouble).__name__}); start it, or correct console_url"
            )
        return None

    def open_console(self, wish: WindowWish) -> Console:
        """A fresh browser window."""
        return WebConsole(
            self._browser,
            self.console_url,
            self._selectors,
            wish,
            page_s=self._patience.page_s,
            act_s=self._patience.appears_s,
        )

    def stop(self) -> None:
        """Nothing to stop: it was not started here."""
