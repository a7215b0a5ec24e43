"""What Meta saw of the app, read from the journal."""

from __future__ import annotations

from collections.abc import Iterable

from fake_meta.domain.review.case import Delivered, Sightings
from fake_meta.domain.review.forms import DAY_MS
from fake_meta.journal import Entry, EntryKind

LOOK_BACK_MS = 30 * DAY_MS
_REFUSED = 400


def sightings_of(entries: Iterable[Entry], now_ms: int) -> Sightings:
    """Deliveries and successful calls of the last 30 days, the newest delivery of each kind.

    What a fault struck says nothing about the app.
    """
    deliveries: dict[str, Delivered] = {}
    calls: set[str] = set()
    for entry in entries:
        if entry.at_ms < now_ms - LOOK_BACK_MS or entry.faults:
            continue
        if entry.kind is EntryKind.WEBHOOK_DELIVERY:
            status = None if entry.response is None else entry.response.status
            for event in entry.events:
                deliveries[event] = Delivered(status, entry.duration_ms / 1000)
        elif entry.kind is EntryKind.GRAPH_CALL and _succeeded(entry):
            calls.update(entry.events)
    return Sightings(deliveries, frozenset(calls))


def _succeeded(entry: Entry) -> bool:
    return entry.response is not None and entry.response.status < _REFUSED
