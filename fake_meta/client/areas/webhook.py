"""Calls about the app's callback."""

from __future__ import annotations

from typing import Unpack, overload

from fake_meta.client.line import Line
from fake_meta.client.shapes import messenger, wire


class Webhook:
    """The app's callback, and what is sent to it."""

    def __init__(self, line: Line) -> None:
        self._line = line

    @overload
    def redeliver(self, *, seq: int, entry_time: wire.EntryTime = "same") -> wire.Entry: ...

    @overload
    def redeliver(self, **wish: Unpack[wire.Several]) -> wire.Entries: ...

    def redeliver(self, **wish: Unpack[wire.RedeliverWish]) -> wire.Entry | wire.Entries:
        """Send deliveries once more: one by `seq`, several by `seqs` or by conditions."""
        made: wire.Entry | wire.Entries = self._line.fetch("POST", "/webhook/redeliver", wish)
        return made

    def subscribe(self, **wish: Unpack[wire.SubscriptionWish]) -> wire.Verified:
        """Verify a callback and save it, as the App Dashboard does."""
        return self._line.ask(wire.Verified, "POST", "/webhook/subscription", wish)

    def verify(self, **wish: Unpack[wire.VerifyWish]) -> wire.Verified:
        """Check the callback once more."""
        return self._line.ask(wire.Verified, "POST", "/webhook/verify", wish)

    def send_test_event(
        self, *, account: str | None = None, **wish: Unpack[wire.TestEventWish]
    ) -> wire.Entry:
        """Press the Test button."""
        return self._line.ask(wire.Entry, "POST", "/webhook/test-event", wish, account=account)

    def deliver(self, **wish: Unpack[wire.DeliverWish]) -> wire.Entry:
        """Send any payload, signed or not."""
        return self._line.ask(wire.Entry, "POST", "/webhook/deliver", wish)

    def send_messenger(
        self, *, account: str | None = None, **wish: Unpack[messenger.MessengerWish]
    ) -> wire.Entry:
        """Send an event of Messenger, `object: page`."""
        return self._line.ask(wire.Entry, "POST", "/webhook/messenger", wish, account=account)

    def diagnose(
        self, *, account: str | None = None, **query: Unpack[wire.DoctorQuery]
    ) -> wire.Findings:
        """Say why no webhook arrives."""
        return self._line.ask(wire.Findings, "GET", "/doctor", account=account, **query)

    def alerts(self) -> wire.Alerts:
        """Read the App Dashboard's alerts."""
        return self._line.ask(wire.Alerts, "GET", "/alerts")
