"""Where faults lead events off the straight way: late, in company, after one another, never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fake_meta.courier.deliveries import Delivery
from fake_meta.courier.lanes import Lanes
from fake_meta.courier.retry_queue import RetryQueue
from fake_meta.domain.events import WebhookEvent
from fake_meta.faults import FaultBoard


@dataclass(slots=True)
class Diverted:
    """What starts now, what never will, and what is left for the lane."""

    start: list[Delivery] = field(default_factory=list)
    dropped: list[Delivery] = field(default_factory=list)
    group: list[Delivery] = field(default_factory=list)
    is_waiting: bool = False


class Diversions:
    """Deliveries that wait for others. Not thread-safe: its owner locks."""

    def __init__(self, board: FaultBoard, queue: RetryQueue[Delivery]) -> None:
        self._board = board
        self._queue = queue
        self._held: dict[str, Delivery] = {}
        self._batches: dict[tuple[str, bool], Delivery] = {}

    @property
    def is_holding(self) -> bool:
        """Something waits for the next event, also when its fault is over."""
        return bool(self._held)

    def lead(
        self, events: Sequence[WebhookEvent], generation: int, now_ms: int, lanes: Lanes[Delivery]
    ) -> Diverted:
        """Lead the events of one call; `start` holds what their lane lets go, too."""
        lane = events[0].lane
        held = self._held.pop(lane, None)
        found = Diverted()
        for event in events:
            self._lead_one(event, generation, now_ms, found, may_wait=held is None)
        if found.group:
            found.start.extend(lanes.enter(lane, found.group))
        if held is not None:
            held.is_cancelled = True
            behind = replace(held, is_cancelled=False, in_lane=True)
            found.start.extend(lanes.enter(lane, [behind]))
        return found

    def settled(self, due: Sequence[Delivery]) -> Sequence[Delivery]:
        """What still waits of what is due; it waits no longer."""
        living = [one for one in due if not one.is_cancelled]
        for one in living:
            if self._held.get(one.event.lane) is one:
                del self._held[one.event.lane]
            for key in [key for key, batch in self._batches.items() if batch is one]:
                del self._batches[key]
        return self._together(living)

    def _together(self, due: Sequence[Delivery]) -> Sequence[Delivery]:
        """Let retries take along what else of their inbox waits for one (fault retry_batch)."""
        start: list[Delivery] = []
        for one in due:
            led_by = next((first for first in start if first.takes_along(one)), None)
            if led_by is None:
                start.append(one)
                self._take_along(one)
            else:
                led_by.absorb(one)
        return start

    def _take_along(self, first: Delivery) -> None:
        """Those that are not due yet, earliest first, as many as one POST may hold."""
        for due_ms, one in self._queue.take_all_timed(first.takes_along):
            if first.takes_along(one):
                first.absorb(one)
            else:
                self._queue.add(due_ms, one)

    def _lead_one(
        self,
        event: WebhookEvent,
        generation: int,
        now_ms: int,
        found: Diverted,
        *,
        may_wait: bool,
    ) -> None:
        parcel = self._board.parcel(event)
        if not parcel.faults:
            found.group.append(Delivery(event, generation))
            return
        first = Delivery(parcel.event, generation, parcel=parcel)
        if parcel.is_dropped:
            found.dropped.append(first)
            return
        for delivery in (first, *(replace(first) for _ in range(parcel.copies - 1))):
            if parcel.batch_of > 1:
                self._join(delivery, now_ms, found)
            elif parcel.delay_ms:
                self._wait(delivery, now_ms + parcel.delay_ms, found)
            elif parcel.waits_ms and may_wait and event.lane not in self._held:
                self._held[event.lane] = delivery
                self._wait(delivery, now_ms + parcel.waits_ms, found)
            elif parcel.leaves_lane:
                delivery.in_lane = False
                found.start.append(delivery)
            else:
                found.group.append(delivery)

    def _join(self, delivery: Delivery, now_ms: int, found: Diverted) -> None:
        """Into the POST that waits for company; a full one goes."""
        assert delivery.parcel is not None
        key = (delivery.event.object, delivery.parcel.entries_apart)
        waiting = self._batches.get(key)
        if waiting is None:
            self._batches[key] = delivery
            self._wait(delivery, now_ms + delivery.parcel.batch_within_ms, found)
            return
        waiting.also += (delivery.event,)
        if 1 + len(waiting.also) >= delivery.parcel.batch_of:
            del self._batches[key]
            waiting.is_cancelled = True
            found.start.append(replace(waiting, is_cancelled=False))

    def _wait(self, delivery: Delivery, due_ms: int, found: Diverted) -> None:
        delivery.in_lane = False
        self._queue.add(due_ms, delivery)
        found.is_waiting = True
