"""What may leave at once: so much for each subscriber, so that none waits for another."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")


class WaitingRoom(Generic[Item]):
    """First come, first served for each place; one that does not answer holds up only itself.

    Anybody may `add`; the rest is for the one thread that serves.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._arrived: deque[tuple[str, Item]] = deque()
        self._queues: dict[str, deque[Item]] = {}
        self._served: dict[str, int] = {}

    def add(self, place: str, item: Item) -> None:
        """Let `item` wait for its turn."""
        self._arrived.append((place, item))

    def leave(self, place: str) -> None:
        """One that was taken is done."""
        self._served[place] -= 1
        if not self._served[place] and place not in self._queues:
            del self._served[place]

    def take(self) -> list[tuple[str, Item]]:
        """Everybody whose turn it is, with their place; each must `leave` one day."""
        touched = self._sort_in()
        taken = []
        for place in touched:
            queue = self._queues[place]
            while queue and self._served.get(place, 0) < self._at_once:
                self._served[place] = self._served.get(place, 0) + 1
                taken.append((place, queue.popleft()))
            if not queue:
                del self._queues[place]
        return taken

    @property
    def has_turn(self) -> bool:
        """Whether somebody could be taken now."""
        if self._arrived:
            return True
        return any(self._served.get(place, 0) < self._at_once for place in self._queues)

    def _sort_in(self) -> list[str]:
        while self._arrived:
            place, item = self._arrived.popleft()
            self._queues.setdefault(place, deque()).append(item)
        return list(self._queues)
