"""An event of Meta on its way to a handler, with its circumstances."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from system_under_test.domain.agents import Channel
from system_under_test.service.records import Records


@dataclass(frozen=True, slots=True)
class Arrival:
    """Circumstances of an event: the records, its channel, when and with which delivery it came.

    `received_ms` is when the delivery was stored, `now_ms` when it is processed.
    """

    records: Records
    channel: Channel
    now_ms: int
    received_ms: int
    delivery_id: int


# Takes an arrival and its event; returns the outcome in a word, kept for people to look at.
Handler = Callable[[Arrival, Any], str]
