"""What was promised and what was seen from outside, written down by many threads."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Promise:
    """A reply that the console has taken with a 202."""

    key: str
    text: str
    conversation: str


@dataclass
class Ledger:
    """Everything the audit compares, and the breaches that were seen at once."""

    promises: dict[str, Promise] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[BaseException] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def promised(self, promise: Promise) -> None:
        """The console said 202."""
        with self._lock:
            self.promises[promise.key] = promise

    def count(self, what: str, many: int = 1) -> None:
        """So many more."""
        with self._lock:
            self.counts[what] += many

    def most(self, what: str, number: int) -> None:
        """Keep the largest."""
        with self._lock:
            self.counts[what] = max(self.counts[what], number)

    def breach(self, what: str) -> None:
        """Something was on a screen that may never be there."""
        with self._lock:
            self.seen.append(what)

    def fail(self, trouble: BaseException) -> None:
        """One of our own threads is at its end; the run is worth nothing."""
        with self._lock:
            self.troubles.append(trouble)
