"""Takes and restores snapshots while nothing else moves."""

from __future__ import annotations

import threading

from fake_meta.clock import VirtualClock
from fake_meta.courier import Courier
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError, UnknownMarkError
from fake_meta.snapshots.codec import Snapshot, pack, unpack
from fake_meta.world import World

QUIET_WITHIN_S = 10.0
MOST_MARKS = 100


class SnapshotKeeper:
    """The world, the virtual time and pending retries; not the journal, faults or sessions."""

    def __init__(self, world: World, clock: VirtualClock, courier: Courier) -> None:
        self._world = world
        self._clock = clock
        self._courier = courier
        self._lock = threading.Lock()
        self._marks: dict[str, bytes] = {}

    def take(self) -> bytes:
        """The world as bytes; waits for deliveries that are under way."""
        if not self._courier.wait_until_idle(QUIET_WITHIN_S):
            raise NotAllowedError(
                f"deliveries are still under way after {QUIET_WITHIN_S:.0f} s; a callback does not "
                "answer: wait for it, or reset first"
            )
        with self._world.held() as state:
            reading = self._clock.read()
            waiting = self._courier.waiting()
            return pack(Snapshot(state, reading.now_ms, reading.frozen, reading.scale, waiting))

    def restore(self, data: bytes) -> None:
        """Bring a snapshot back; when it cannot be read, everything stays as it was."""
        found = unpack(data)
        self._courier.drop_pending()
        self._world.take_over(found.state)
        self._clock.stand_at(found.now_ms, scale=found.scale, frozen=found.frozen)
        self._courier.wait_for(found.waiting)

    def names(self) -> tuple[str, ...]:
        """The marks that are set, oldest first."""
        with self._lock:
            return tuple(self._marks)

    def mark(self, name: str) -> None:
        """Remember the world as it is under `name`."""
        data = self.take()
        with self._lock:
            if name not in self._marks and len(self._marks) >= MOST_MARKS:
                raise InvalidRequestError(f"there are {MOST_MARKS} marks already; remove some")
            self._marks[name] = data

    def return_to(self, name: str) -> None:
        """Bring back what was remembered under `name`; the mark stays."""
        self.restore(self._found(name))

    def forget(self, name: str) -> None:
        """Remember it no longer."""
        self._found(name)
        with self._lock:
            self._marks.pop(name, None)

    def _found(self, name: str) -> bytes:
        with self._lock:
            if name not in self._marks:
                known = ", ".join(self._marks) or "none is set"
                raise UnknownMarkError(f"there is no mark {name!r}; marks: {known}")
            return self._marks[name]
