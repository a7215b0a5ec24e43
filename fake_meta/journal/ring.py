"""What came and went: every delivery, every silence, every Graph call.

The newest lie in memory, bounded; older ones in temporary files, bounded, too.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from time import monotonic

from fake_meta.domain.errors import UnknownEntryError
from fake_meta.journal.entry import Entry, EntryKind, numbered
from fake_meta.journal.query import Query
from fake_meta.journal.spill import Spill, Spilled

DEFAULT_CAPACITY = 50_000
MEGABYTE = 1024**2
DEFAULT_BYTES = 8 * MEGABYTE
DEFAULT_SPILLED = 512 * MEGABYTE
Witness = Callable[[Entry], None]


@dataclass(slots=True)
class _Indexes:
    """Entries by customer and by mid, so that asking for one person costs what that person did.

    A message has few entries, and there are many messages: a tuple is a tenth of a deque. Made when
    somebody asks: most entries leave before anybody did. `last_seq` is the newest entry in here.
    """

    last_seq: int = 0
    by_customer: dict[str, deque[Entry]] = field(default_factory=dict)
    by_mid: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    def catch_up(self, entries: deque[Entry], last_seq: int) -> None:
        """Take in what has come since somebody asked."""
        missing = min(last_seq - self.last_seq, len(entries))
        for entry in reversed([*islice(reversed(entries), missing)]):
            self.add(entry)
        self.last_seq = last_seq

    def add(self, entry: Entry) -> None:
        if entry.customer is not None:
            entries = self.by_customer.get(entry.customer)
            if entries is None:
                entries = self.by_customer[entry.customer] = deque()
            entries.append(entry)
        for mid in entry.mids:
            self.by_mid[mid] = (*self.by_mid.get(mid, ()), entry)

    def drop_oldest(self, entry: Entry) -> None:
        if entry.seq > self.last_seq:
            return
        if entry.customer is not None:
            _drop_first(self.by_customer, entry.customer)
        for mid in entry.mids:
            left = self.by_mid.pop(mid)[1:]
            if left:
                self.by_mid[mid] = left


class Journal:
    """Entries in order of their `seq`, which only ever grows, also over a reset.

    The oldest go to the spill for lack of places or of bytes; without `bytes_spilled` they are
    forgotten. `witness` sees each one before.
    """

    def __init__(
        self,
        capacity: int = DEFAULT_CAPACITY,
        bytes_kept: int = DEFAULT_BYTES,
        witness: Witness | None = None,
        bytes_spilled: int = 0,
    ) -> None:
        self._spill = Spill(bytes_spilled)
        self._capacity = capacity
        self._bytes_kept = bytes_kept
        self._bytes = 0
        self._witness = witness
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._entries: deque[Entry] = deque()
        self._indexes = _Indexes()
        self._last_seq = 0
        self._closed = False
        self._waiting = 0

    @property
    def last_seq(self) -> int:
        """`seq` of the newest entry ever, 0 before the first."""
        return self._last_seq

    @property
    def first_seq(self) -> int:
        """`seq` of the oldest entry that is still kept; one more than the newest when empty."""
        with self._changed:
            spilled = self._spill.first_seq
            return self._first_in_memory if spilled is None else spilled

    @property
    def _first_in_memory(self) -> int:
        return self._entries[0].seq if self._entries else self._last_seq + 1

    def append(self, entry: Entry) -> Entry:
        """Keep `entry` under the next `seq` and let the oldest go when full."""
        size = entry.size_bytes
        with self._lock:
            seq = self._last_seq = self._last_seq + 1
            kept = numbered(entry, seq)
            self._bytes += size
            entries, bytes_kept, capacity = self._entries, self._bytes_kept, self._capacity
            # the newest entry is kept however large it is
            while entries and (self._bytes > bytes_kept or len(entries) >= capacity):
                self._drop_oldest()
            entries.append(kept)
            if self._witness is not None:
                self._witness(kept)
            if self._waiting:
                self._changed.notify_all()
        return kept

    def _drop_oldest(self) -> None:
        oldest = self._entries.popleft()
        size = oldest.size_bytes
        self._bytes -= size
        self._indexes.drop_oldest(oldest)
        if self._spill.bytes_kept:
            self._spill.add(oldest, size)

    def clear(self) -> None:
        """Forget everything; `seq` goes on counting."""
        with self._changed:
            self._entries.clear()
            self._bytes = 0
            self._indexes = _Indexes()
            self._spill.clear()
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def entry(self, seq: int) -> Entry:
        """The entry `seq`, or `UnknownEntryError`."""
        with self._changed:
            first = self._first_in_memory
            if first <= seq <= self._last_seq:
                return self._entries[seq - first]
            spilled = self._spill.view(seq - 1)
        found = next(spilled.matching(Query(after=seq - 1)), None)
        if found is None or found.seq != seq:
            raise UnknownEntryError(
                f"the journal holds no entry {seq}: it has {self.first_seq} to {self._last_seq}"
            )
        return found

    def newest(self, kind: EntryKind) -> Entry | None:
        """The newest entry of that kind; None when the journal holds none."""
        with self._changed:
            return next((one for one in reversed(self._entries) if one.kind is kind), None)

    def find(self, query: Query, wait_s: float = 0.0, count: int = 1) -> tuple[Entry, ...]:
        """Matching entries, oldest first; waits up to `wait_s` until there are `count`."""
        return self.find_with_cursor(query, wait_s, count)[0]

    def find_with_cursor(
        self, query: Query, wait_s: float = 0.0, count: int = 1
    ) -> tuple[tuple[Entry, ...], int]:
        """Matching entries and the `last_seq` at the same instant."""
        deadline = monotonic() + wait_s
        found, seen = self._look(query)
        wanted = min(count, query.limit)
        while len(found) < wanted and self._is_news_after(seen, deadline - monotonic()):
            newer = replace(query, after=max(query.after, seen), limit=query.limit - len(found))
            more, seen = self._look(newer)
            found += more
        return found, seen

    def _look(self, query: Query) -> tuple[tuple[Entry, ...], int]:
        """Matching entries of this instant; files are read while others may go on writing."""
        with self._changed:
            spilled = self._spill.view(query.after)
            found, seen = self._select(query), self._last_seq
        if spilled == Spilled():
            return found, seen
        old = tuple(islice(spilled.matching(query), max(0, query.limit)))
        return (old + found)[: max(0, query.limit)], seen

    def _is_news_after(self, seen: int, longest_s: float) -> bool:
        """Wait for an entry later than `seen`; False when none comes in time."""
        with self._changed:
            if not self._closed and self._last_seq == seen and longest_s > 0:
                self._wait(longest_s)
            return not self._closed and longest_s > 0

    def _wait(self, longest_s: float) -> None:
        self._waiting += 1
        try:
            self._changed.wait(longest_s)
        finally:
            self._waiting -= 1

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
        if query.mid is not None or query.customer is not None:
            self._indexes.catch_up(self._entries, self._last_seq)
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
