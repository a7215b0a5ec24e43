"""Who was active last: a log of numbers that only grow, so that a page costs what it shows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from fake_meta.domain.pages import Span

T = TypeVar("T", bound=Hashable)
_SLACK = 64


@dataclass(slots=True)
class Recency(Generic[T]):
    """Entries in the order of activity, oldest first.

    Newer activity of an owner adds an entry and leaves the older one behind, stale. When more than
    half are stale they are swept out, which costs next to nothing for each.
    """

    numbers: list[int] = field(default_factory=list)
    owners: list[T] = field(default_factory=list)
    number_of: dict[T, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Places, stale ones included."""
        return len(self.numbers)

    def put(self, number: int, owner: T) -> None:
        """`owner` was active under `number`, which nobody else has."""
        if self.number_of.get(owner) == number:
            return
        self.number_of[owner] = number
        if not self.numbers or number > self.numbers[-1]:
            self.numbers.append(number)
            self.owners.append(owner)
        else:
            place = bisect_left(self.numbers, number)
            self.numbers.insert(place, number)
            self.owners.insert(place, owner)
        if len(self.numbers) > 2 * len(self.number_of) + _SLACK:
            self._sweep()

    def owner_at(self, place: int) -> T | None:
        """Whose newest activity stands at `place`; None for a stale entry."""
        owner = self.owners[place]
        return owner if self.number_of[owner] == self.numbers[place] else None

    def places(self, span: Span) -> Span:
        """`span`, whose cursors hold numbers, in places of this log."""
        return Span(
            span.limit,
            None if span.after is None else bisect_left(self.numbers, span.after),
            None if span.before is None else bisect_right(self.numbers, span.before) - 1,
        )

    def _sweep(self) -> None:
        kept = [place for place in range(len(self)) if self.owner_at(place) is not None]
        self.owners = [self.owners[place] for place in kept]
        self.numbers = [self.numbers[place] for place in kept]
