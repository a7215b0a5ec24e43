"""Which entries of the journal are wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from fake_meta.journal.entry import Entry


@dataclass(frozen=True, slots=True)
class Query:
    """Entries after `after` that match everything that is given.

    `path` is a piece of the request's address; `since_ms` and `until_ms` are virtual time, the
    latter not included.
    """

    after: int = 0
    kind: str | None = None
    customer: str | None = None
    mid: str | None = None
    event: str | None = None
    outcome: str | None = None
    status: int | None = None
    fault: str | None = None
    path: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    limit: int = 1000

    def matches(self, entry: Entry) -> bool:
        """All given conditions hold."""
        return entry.seq > self.after and all(
            test(entry, wanted)
            for name, test in _TESTS.items()
            if (wanted := getattr(self, name)) is not None
        )


_TESTS: Mapping[str, Callable[[Entry, Any], bool]] = {
    "kind": lambda entry, wanted: entry.kind == wanted,
    "customer": lambda entry, wanted: entry.customer == wanted,
    "mid": lambda entry, wanted: wanted in entry.mids,
    "event": lambda entry, wanted: wanted in entry.events,
    "outcome": lambda entry, wanted: entry.outcome == wanted,
    "status": lambda entry, wanted: entry.response is not None and entry.response.status == wanted,
    "fault": lambda entry, wanted: wanted in entry.faults,
    "path": lambda entry, wanted: entry.request is not None and wanted in entry.request.url,
    "since_ms": lambda entry, wanted: entry.at_ms >= wanted,
    "until_ms": lambda entry, wanted: entry.at_ms < wanted,
}
CONDITIONS = frozenset(one.name for one in fields(Query))
