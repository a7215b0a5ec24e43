"""Old entries of the journal in temporary files without a name, found again by number or by person.

They lie where TMPDIR says and are gone with the process however that ends. Written by the bundle,
so that an entry costs a few microseconds; each bundle has a sieve that tells, mostly rightly, whose
entries it cannot hold. Files are bounded together: the oldest goes as a whole.
"""

from __future__ import annotations

import logging
import marshal
import os
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, Any

from fake_meta.journal.entry import (
    Entry,
    EntryKind,
    EntryOutcome,
    RecordedRequest,
    RecordedResponse,
)
from fake_meta.journal.query import Query

BUNDLE = 256
BUNDLE_BYTES = 1024**2
FILES = 16
_BITS_A_KEY = 12
_MOST_SIEVE_BYTES = 471
"""The most that Python still takes from its own small blocks, which lie close together."""

_BIT = tuple(1 << place for place in range(8))
_SPELT = {one: str(one) for one in (*EntryKind, *EntryOutcome)}
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Entries `first` to `last`, where they lie, and the sieve of customers and mids."""

    first: int
    last: int
    file: IO[bytes]
    offset: int
    length: int
    sieve: bytes

    def may_hold(self, query: Query) -> bool:
        if self.last <= query.after:
            return False
        keys = [one for one in (query.customer, query.mid) if one is not None]
        sieve, bits = self.sieve, len(self.sieve) * 8
        return all(sieve[at >> 3] & _BIT[at & 7] for key in keys for at in _places(key, bits))

    def entries(self) -> list[Entry]:
        data = os.pread(self.file.fileno(), self.length, self.offset)
        # what this process wrote itself, into a file that nobody else can open
        return [_unpacked(one) for one in marshal.loads(data)]  # noqa: S302


@dataclass(frozen=True, slots=True)
class Spilled:
    """What had been spilled at one instant; reading it needs no lock."""

    bundles: tuple[_Bundle, ...] = ()
    newest: tuple[Entry, ...] = ()

    def matching(self, query: Query) -> Iterator[Entry]:
        """Entries that match, oldest first."""
        for bundle in self.bundles:
            if bundle.may_hold(query):
                yield from filter(query.matches, bundle.entries())
        yield from filter(query.matches, self.newest)


@dataclass(slots=True)
class Spill:
    """Takes entries in the order of their numbers; its owner locks. None are kept with 0 bytes."""

    bytes_kept: int
    _bundles: deque[_Bundle] = field(default_factory=deque)
    _pending: list[Entry] = field(default_factory=list)
    _pending_bytes: int = 0
    _file: IO[bytes] | None = None
    _in_file: int = 0
    _bytes: int = 0

    @property
    def first_seq(self) -> int | None:
        """The number of the oldest entry, None without any."""
        if self._bundles:
            return self._bundles[0].first
        return self._pending[0].seq if self._pending else None

    def add(self, entry: Entry, size_bytes: int) -> None:
        """Keep what the memory has no more room for; the entry is about so large."""
        if not self.bytes_kept:
            return
        self._pending.append(entry)
        self._pending_bytes += size_bytes
        if len(self._pending) >= BUNDLE or self._pending_bytes >= BUNDLE_BYTES:
            try:
                self._write()
            except (OSError, ValueError) as error:
                _logger.warning("the journal forgets what memory cannot hold: %s", error)
                self.clear()
                self.bytes_kept = 0

    def clear(self) -> None:
        """Forget everything."""
        self._bundles.clear()
        self._pending, self._pending_bytes = [], 0
        self._file, self._in_file, self._bytes = None, 0, 0

    def view(self, after: int) -> Spilled:
        """Everything later than `after`, as it is now."""
        if self.first_seq is None or self._last_seq() <= after:
            return Spilled()
        return Spilled(
            tuple(one for one in self._bundles if one.last > after), tuple(self._pending)
        )

    def _last_seq(self) -> int:
        return self._pending[-1].seq if self._pending else self._bundles[-1].last

    def _write(self) -> None:
        data = marshal.dumps([_packed(one) for one in self._pending])
        if self._file is None or self._in_file + len(data) > self.bytes_kept // FILES:
            self._file, self._in_file = tempfile.TemporaryFile(buffering=0), 0  # noqa: SIM115
        self._file.write(data)
        first, last = self._pending[0].seq, self._pending[-1].seq
        sieve = _sieve_of(self._pending)
        self._bundles.append(_Bundle(first, last, self._file, self._in_file, len(data), sieve))
        self._pending, self._pending_bytes = [], 0
        self._in_file += len(data)
        self._bytes += len(data)
        while self._bytes > self.bytes_kept and self._bundles[0].file is not self._file:
            self._forget_oldest_file()

    def _forget_oldest_file(self) -> None:
        oldest = self._bundles[0].file
        while self._bundles[0].file is oldest:
            self._bytes -= self._bundles.popleft().length


def _places(key: str, bits: int) -> tuple[int, int]:
    mark = hash(key)
    return mark % bits, (mark >> 16) % bits


def _sieve_of(entries: list[Entry]) -> bytes:
    keys = {mid for entry in entries for mid in entry.mids}
    keys |= {entry.customer for entry in entries if entry.customer is not None}
    sieve = bytearray(min(len(keys) * _BITS_A_KEY // 8 + 1, _MOST_SIEVE_BYTES))
    for key in keys:
        for at in _places(key, len(sieve) * 8):
            sieve[at >> 3] |= _BIT[at & 7]
    return bytes(sieve)


def _packed(entry: Entry) -> tuple[Any, ...]:
    """Plain values only; headers that many entries share are written once in a bundle."""
    (kind, outcome, at_ms, took_ms, customer, mids, events,
     attempt, asked, answered, reason, seq, faults) = entry  # fmt: skip
    return (
        _SPELT[kind],
        _SPELT[outcome],
        at_ms,
        took_ms,
        customer,
        mids,
        _spelt(events),
        attempt,
        asked and (asked[0], asked[1], _plain(asked[2]), asked[3]),
        answered and (answered[0], _plain(answered[1]), answered[2]),
        reason,
        seq,
        faults,
    )


@lru_cache(256)
def _spelt(events: tuple[str, ...]) -> tuple[str, ...]:
    """Their plain names; there are few, which the bundle then holds once."""
    return tuple(map(str, events))


def _plain(headers: Any) -> dict[str, str]:
    return headers if type(headers) is dict else dict(headers)


def _unpacked(plain: tuple[Any, ...]) -> Entry:
    kind, outcome, *middle, asked, answered, reason, seq, faults = plain
    asked, answered = asked and RecordedRequest(*asked), answered and RecordedResponse(*answered)
    head = (EntryKind(kind), EntryOutcome(outcome), *middle)
    return Entry._make((*head, asked, answered, reason, seq, faults))
