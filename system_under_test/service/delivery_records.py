"""Records of the intake: webhook bodies, kept before they are understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A webhook body as it came."""

    received_ms: int
    headers: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A webhook body that nobody could work off, and why; `raw` is empty once it was erased."""

    id: int
    received_ms: int
    raw: bytes
    note: str | None


@dataclass(frozen=True, slots=True)
class Aside:
    """An event that concerned nobody here: `kind` is standby or test."""

    delivery_id: int
    received_ms: int
    kind: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """A stored webhook body."""

    id: int
    received_ms: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of a delivery, and of each of its events in order: its kind and the outcome."""

    id: int
    state: str
    note: str | None = None
    events: Sequence[tuple[str, str]] = ()


class Deliveries(Protocol):
    """Webhook bodies, kept before they are understood."""

    def add(self, deliveries: Sequence[NewDelivery]) -> None:
        """Keep them."""

    def pending(self, limit: int) -> list[Delivery]:
        """The oldest ones not yet processed."""

    def unprocessed(self, ids: Sequence[int]) -> set[int]:
        """Which of these are not yet processed."""

    def close(self, closed: Sequence[Closed]) -> None:
        """Mark as processed or quarantined, and remember what became of the events."""

    def count_pending(self) -> int:
        """How many are not yet processed."""

    def forget(self, delivery_id: int) -> None:
        """Erase the body: it holds text that the customer has withdrawn."""

    def quarantined(self, limit: int) -> list[Quarantined]:
        """The newest in quarantine."""

    def aside(self, limit: int) -> list[Aside]:
        """The newest events of threads that another app owns, and of the dashboard's button."""

    def reopen(self, delivery_id: int) -> bool:
        """Take one out of quarantine, as if it had just come; False when it is not there."""
