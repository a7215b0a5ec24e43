"""Alerts that Meta shows the developer in the App Dashboard about the callback (§2.5, §2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AlertKind(StrEnum):
    """What an alert is about."""

    FAILING = "failing"
    DISABLED = "disabled"
    DROPPED = "dropped"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert; `count` says how often it was meant, `resolved_ms` None: it still stands."""

    kind: AlertKind
    at_ms: int
    last_ms: int
    count: int = 1
    resolved_ms: int | None = None

    @property
    def title(self) -> str:
        """Its headline."""
        return _WORDS[self.kind][0]

    @property
    def text(self) -> str:
        """What it says, and what to do."""
        return _WORDS[self.kind][1]


_WORDS: dict[AlertKind, tuple[str, str]] = {
    AlertKind.FAILING: (
        "Webhooks Failing",
        (
            "Your callback has answered no webhook with 200 for 15 minutes. After an hour your app "
            "is unsubscribed (meta-contract §2.6)."
        ),
    ),
    AlertKind.DISABLED: (
        "Webhooks Disabled",
        (
            "Your callback has failed for an hour, and your app was unsubscribed. Mend it and "
            "subscribe again; what happened meanwhile can only be read by the Conversations API "
            "(meta-contract §2.6)."
        ),
    ),
    AlertKind.DROPPED: (
        "Webhooks Dropped",
        "Events were tried for as long as the schedule goes and are lost (meta-contract §2.6).",
    ),
    AlertKind.SLOW: (
        "Slow Webhooks",
        (
            "Your callback took longer than Meta asks for to answer 200; note the event and answer "
            "at once, work afterwards (meta-contract §2.5)."
        ),
    ),
}
