"""Order of first attempts: in a lane one group after the other; lanes are independent."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(slots=True)
class _Lane(Generic[Item]):
    outstanding: int
    waiting: deque[Sequence[Item]] = field(default_factory=deque)


class Lanes(Generic[Item]):
    """Which groups may start now. Not thread-safe: its owner locks."""

    def __init__(self) -> None:
        self._lanes: dict[str, _Lane[Item]] = {}

    def enter(self, lane: str, group: Sequence[Item]) -> Sequence[Item]:
        """Queue `group` in `lane`; return what may start now: all of it or nothing."""
        busy = self._lanes.get(lane)
        if busy is not None:
            busy.waiting.append(group)
            return ()
        self._lanes[lane] = _Lane(outstanding=len(group))
        return group

    def leave(self, lane: str) -> Sequence[Item]:
        """One item of the lane's group has had its first attempt; return what may start now."""
        busy = self._lanes[lane]
        busy.outstanding -= 1
        if busy.outstanding:
            return ()
        if not busy.waiting:
            del self._lanes[lane]
            return ()
        group = busy.waiting.popleft()
        busy.outstanding = len(group)
        return group
