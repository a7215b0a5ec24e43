"""Deliveries that wait for their next attempt, earliest first."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from itertools import count
from typing import Generic, TypeVar

Item = TypeVar("Item")


class RetryQueue(Generic[Item]):
    """A heap by due time; ties in the order of arrival. Not thread-safe: its owner locks."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Item]] = []
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._heap)

    def add(self, due_ms: int, item: Item) -> None:
        """Let `item` wait until `due_ms`."""
        heapq.heappush(self._heap, (due_ms, next(self._numbers), item))

    def next_due_ms(self) -> int | None:
        """When the earliest is due; None when nothing waits."""
        return self._heap[0][0] if self._heap else None

    def take_due(self, now_ms: int, lane_of: Callable[[Item], str]) -> Sequence[Item]:
        """Remove and return what is due, in order, until a lane would come twice."""
        taken: list[Item] = []
        lanes: set[str] = set()
        while self._heap and self._heap[0][0] <= now_ms:
            lane = lane_of(self._heap[0][2])
            if lane in lanes:
                break
            lanes.add(lane)
            taken.append(heapq.heappop(self._heap)[2])
        return taken

    def all(self) -> list[tuple[int, Item]]:
        """Everything with its due time, earliest first."""
        return [(due_ms, item) for due_ms, _, item in sorted(self._heap, key=lambda one: one[:2])]

    def take_all(self, is_meant: Callable[[Item], bool]) -> Sequence[Item]:
        """Remove and return everything that is meant, earliest first."""
        return [item for _, item in self.take_all_timed(is_meant)]

    def take_all_timed(self, is_meant: Callable[[Item], bool]) -> list[tuple[int, Item]]:
        """The same, each with its due time."""
        waiting = sorted(self._heap, key=lambda one: one[:2])
        self._heap = [one for one in waiting if not is_meant(one[2])]
        return [(due_ms, item) for due_ms, _, item in waiting if is_meant(item)]
