"""What came and went, in memory and bounded: every delivery, every silence, every Graph call."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import monotonic
from typing import NamedTuple

from fake_meta.domain.errors import UnknownEntryError

DEFAULT_CAPACITY = 50_000
NO_HEADERS: Mapping[str, str] = {}


class EntryKind(StrEnum):
    """What an entry is about."""

    WEBHOOK_DELIVERY = "webhook_delivery"
    WEBHOOK_VERIFICATION = "webhook_verification"
    WEBHOOK_NOT_SENT = "webhook_not_sent"
    GRAPH_CALL = "graph_call"
    LOGIN_CALLBACK = "login_callback"
    REVIEW_VISIT = "review_visit"


class EntryOutcome(StrEnum):
    """How it ended."""

    DELIVERED = "delivered"
    FAILED = "failed"
    NOT_SENT = "not_sent"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """A request as bytes on the wire."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class RecordedResponse:
    """The answer to it."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Entry(NamedTuple):
    """One line of the journal; `at_ms` is virtual time, `duration_ms` real time.

    A tuple, because every message and every call makes one and tuples are made cheaply.
    """

    kind: EntryKind
    outcome: EntryOutcome
    at_ms: int
    duration_ms: float = 0.0
    customer: str | None = None
    mids: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    attempt: int | None = None
    request: RecordedRequest | None = None
    response: RecordedResponse | None = None
    reason: str | None = None
    seq: int = 0
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Which entries are wanted: those after `after` that match everything that is given."""

    after: int = 0
    kind: str | None = None
    customer: str | None = None
    mid: str | None = None
    limit: int = 1000

    def matches(self, entry: Entry) -> bool:
        """All given conditions hold."""
        return (
            entry.seq > self.after
            and (self.kind is None or entry.kind == self.kind)
            and (self.customer is None or entry.customer == self.customer)
            and (self.mid is None or self.mid in entry.mids)
        )


@dataclass(slots=True)
class _Indexes:
    """Entries by customer and by mid, so that asking for one person costs what that person did."""

    by_customer: dict[str, deque[Entry]] = field(default_factory=dict)
    by_mid: dict[str, deque[Entry]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        if entry.customer is not None:
            self.by_customer.setdefault(entry.customer, deque()).append(entry)
        for mid in entry.mids:
            self.by_mid.setdefault(mid, deque()).append(entry)

    def drop_oldest(self, entry: Entry) -> None:
        if entry.customer is not None:
            _drop_first(self.by_customer, entry.customer)
        for mid in entry.mids:
            _drop_first(self.by_mid, mid)


class Journal:
    """Entries in order of their `seq`, which only ever grows, also over a reset."""

    def __init__(self, capacity: int = DEFAULT_CAPACITY) -> None:
        self._capacity = capacity
        self._changed = threading.Condition()
        self._entries: deque[Entry] = deque()
        self._indexes = _Indexes()
        self._last_seq = 0
        self._closed = False

    @property
    def last_seq(self) -> int:
        """`seq` of the newest entry ever, 0 before the first."""
        return self._last_seq

    def append(self, entry: Entry) -> Entry:
        """Keep `entry` under the next `seq` and forget the oldest when full."""
        with self._changed:
            self._last_seq += 1
            kept = entry._replace(seq=self._last_seq)
            if len(self._entries) >= self._capacity:
                self._indexes.drop_oldest(self._entries.popleft())
            self._entries.append(kept)
            self._indexes.add(kept)
            self._changed.notify_all()
        return kept

    def clear(self) -> None:
        """Forget everything; `seq` goes on counting."""
        with self._changed:
            self._entries.clear()
            self._indexes = _Indexes()
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def entry(self, seq: int) -> Entry:
        """The entry `seq`, or `UnknownEntryError`."""
        with self._changed:
            if self._entries and self._entries[0].seq <= seq <= self._last_seq:
                return self._entries[seq - self._entries[0].seq]
        raise UnknownEntryError(f"the journal holds no entry {seq}; it keeps {self._capacity}")

    def newest(self, kind: EntryKind) -> Entry | None:
        """The newest entry of that kind; None when the journal holds none."""
        with self._changed:
            return next((one for one in reversed(self._entries) if one.kind is kind), None)

    def find(self, query: Query, wait_s: float = 0.0) -> tuple[Entry, ...]:
        """Matching entries, oldest first; waits up to `wait_s` until there is at least one."""
        return self.find_with_cursor(query, wait_s)[0]

    def find_with_cursor(self, query: Query, wait_s: float = 0.0) -> tuple[tuple[Entry, ...], int]:
        """Matching entries and the `last_seq` at the same instant."""
        deadline = monotonic() + wait_s
        with self._changed:
            cursor = query
            while True:
                found = self._select(cursor)
                remaining_s = deadline - monotonic()
                if found or remaining_s <= 0 or self._closed:
                    return found, self._last_seq
                cursor = replace(query, after=max(query.after, self._last_seq))
                self._changed.wait(remaining_s)

    def _select(self, query: Query) -> tuple[Entry, ...]:
        found: list[Entry] = []
        if query.limit <= 0:
            return ()
        for entry in self._candidates(query):
            if query.matches(entry):
                found.append(entry)
                if len(found) >= query.limit:
                    break
        return tuple(found)

    def _candidates(self, query: Query) -> Iterable[Entry]:
        if query.mid is not None:
            return self._indexes.by_mid.get(query.mid, ())
        if query.customer is not None:
            return self._indexes.by_customer.get(query.customer, ())
        return self._newer_than(query.after)

    def _newer_than(self, after: int) -> Iterator[Entry]:
        """Entries after `after`, found from the nearer end of the deque."""
        total = len(self._entries)
        wanted = min(total, self._last_seq - after)
        if wanted * 2 > total:
            return iter(self._entries)
        newest_first = reversed(self._entries)
        return reversed([next(newest_first) for _ in range(max(wanted, 0))])


def _drop_first(index: dict[str, deque[Entry]], key: str) -> None:
    entries = index[key]
    entries.popleft()
    if not entries:
        del index[key]
