"""What follows from an attempt to deliver, and the sentences for what is never delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fake_meta.courier.deliveries import Delivery
from fake_meta.courier.failures import About
from fake_meta.domain.alerts import AlertKind

DISABLED = (
    "the subscription was disabled after an hour of failed deliveries; the app must subscribe "
    "again (meta-contract §2.6)"
)
GIVEN_UP = "the retry schedule is used up (meta-contract §2.6); the app never hears of this event"
DROPPED = "a fault that a tester switched on keeps the event from the app"
NO_SUBSCRIPTION = "the app's webhook subscription was removed (meta-contract §2.1)"


@dataclass(slots=True)
class Plan:
    """Decided under the courier's lock and done outside of it.

    `disabled` is the inbox whose subscription ends.
    """

    start: Sequence[Delivery] = ()
    dropped: Sequence[Delivery] = ()
    dropped_because: str = ""
    disabled: About | None = None
    alerts: list[AlertKind] = field(default_factory=list)
    recovered: bool = False
