"""The life of a delivery: first attempt in order of its lane, retries by the schedule, the end.

Lock order: the world's lock may be held when the courier's is taken, never the other way round.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Sequence
from functools import partial
from time import monotonic

from fake_meta.clock import ClockReading, VirtualClock
from fake_meta.courier.deliveries import Delivery, request_of
from fake_meta.courier.diversions import Diversions
from fake_meta.courier.failures import Failures
from fake_meta.courier.lanes import Lanes
from fake_meta.courier.plan import DISABLED, DROPPED, GIVEN_UP, NO_SUBSCRIPTION, Plan
from fake_meta.courier.retry_queue import RetryQueue
from fake_meta.courier.transport import OutboundRequest, Reply, Transport
from fake_meta.domain import retries
from fake_meta.domain.alerts import AlertKind
from fake_meta.domain.errors import NotAllowedError
from fake_meta.domain.events import CHANGE_FIELDS, WebhookEvent
from fake_meta.faults import FaultBoard
from fake_meta.journal import EntryKind, EntryOutcome, Journal
from fake_meta.world import World

ADVANCE_LIMIT_S = 120.0  # real time that moving the clock may take, deliveries included


class Courier:
    """Delivers events of the world; the world's `Outbox`."""

    def __init__(
        self, clock: VirtualClock, journal: Journal, transport: Transport, faults: FaultBoard
    ) -> None:
        self._clock = clock
        self._faults = faults
        self._journal = journal
        self._transport = transport
        self._world: World | None = None
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._due = threading.Condition(self._lock)
        self._advancing = threading.Lock()
        self._lanes: Lanes[Delivery] = Lanes()
        self._retries: RetryQueue[Delivery] = RetryQueue()
        self._diversions = Diversions(faults, self._retries)
        self._in_flight = 0
        self._generation = 0
        self._failures = Failures()
        self._is_advancing = False
        self._closing = False

    def attach(self, world: World) -> None:
        """Name the world whose subscription says where to deliver."""
        self._world = world

    def start(self) -> None:
        """Make retries when their time comes, on a thread of their own."""
        threading.Thread(target=self._run, name="courier-retries", daemon=True).start()

    def put(self, events: Sequence[WebhookEvent]) -> None:
        """Deliver the events of one call at the same time, after earlier ones of their lane."""
        if self._faults.has_webhook_faults or self._diversions.is_holding:
            self._divert(events)
            return
        with self._lock:
            group = [Delivery(event, self._generation) for event in events]
            start = self._lanes.enter(group[0].event.lane, group)
            self._in_flight += len(start)
        self._attempt_all(start)

    def _divert(self, events: Sequence[WebhookEvent]) -> None:
        """The same where faults are on."""
        with self._lock:
            now_ms = self._clock.now_ms()
            found = self._diversions.lead(events, self._generation, now_ms, self._lanes)
            self._in_flight += len(found.start)
            if found.is_waiting:
                self._due.notify_all()
        for delivery in found.dropped:
            self._journal_dropped(delivery, DROPPED)
        self._attempt_all(found.start)

    def drop_pending(self) -> None:
        """Forget what waits; what is under way ends without a trace."""
        with self._lock:
            self._generation += 1
            self._lanes, self._retries = Lanes(), RetryQueue()
            self._diversions = Diversions(self._faults, self._retries)
            self._failures = Failures()

    def close(self) -> None:
        """Stop retrying and posting."""
        with self._lock:
            self._closing = True
            self._due.notify_all()
        self._transport.close()

    def waiting(self) -> list[tuple[int, Delivery]]:
        """Deliveries that wait for a time of the virtual clock, with that time."""
        with self._lock:
            return self._retries.all()

    def wait_for(self, waiting: Iterable[tuple[int, Delivery]]) -> None:
        """Let deliveries of another time wait for theirs."""
        with self._lock:
            for due_ms, one in waiting:
                one.generation, one.in_lane = self._generation, False
                self._retries.add(due_ms, one)
            self._due.notify_all()

    @property
    def pending_retries(self) -> int:
        """How many deliveries wait for their next attempt."""
        with self._lock:
            return len(self._retries)

    def wait_until_idle(self, timeout_s: float) -> bool:
        """Wait until no attempt is under way; False when that takes longer."""
        with self._lock:
            return self._idle.wait_for(lambda: not self._in_flight, timeout_s)

    def freeze_clock(self) -> ClockReading:
        """Stop the virtual clock."""
        self._clock.freeze()
        return self._clock_changed()

    def real_clock(self) -> ClockReading:
        """Let the virtual clock follow the wall clock."""
        self._clock.go_real()
        return self._clock_changed()

    def scale_clock(self, scale: float) -> ClockReading:
        """Let the virtual clock run `scale` times as fast, from where it stands."""
        self._clock.run_at(scale)
        return self._clock_changed()

    def advance_clock(self, by_ms: int) -> ClockReading:
        """Move the clock; every retry that falls due on the way is made at its time, in order."""
        deadline = monotonic() + ADVANCE_LIMIT_S
        with self._advancing:
            self._is_advancing = True
            try:
                self._advance_to(self._clock.now_ms() + by_ms, deadline)
            finally:
                self._is_advancing = False
        return self._clock_changed()

    def _advance_to(self, target_ms: int, deadline: float) -> None:
        while self.wait_until_idle(max(0.0, deadline - monotonic())):
            with self._lock:
                due_ms = self._retries.next_due_ms()
                if due_ms is None or due_ms > target_ms:
                    break
                self._clock.move_to(due_ms)
                start = self._take_due()
            self._attempt_all(start)
        else:
            raise NotAllowedError(
                f"deliveries took longer than {ADVANCE_LIMIT_S:.0f} s while the clock was moved; "
                f"it stands at {self._clock.now_ms()}"
            )
        self._clock.move_to(target_ms)

    def _clock_changed(self) -> ClockReading:
        with self._lock:
            self._due.notify_all()
        return self._clock.read()

    def _run(self) -> None:
        """The retry thread: wait for the next due time or a change, then attempt."""
        while True:
            with self._lock:
                if self._closing:
                    return
                start = () if self._is_advancing else self._take_due()
                if not start:
                    self._due.wait(self._wait_s())
            self._attempt_all(start)

    def _wait_s(self) -> float | None:
        due_ms = self._retries.next_due_ms()
        reading = self._clock.read()
        if due_ms is None or reading.frozen or self._is_advancing:
            return None
        return max(0.0, (due_ms - reading.now_ms) / 1000 / reading.scale)

    def _take_due(self) -> Sequence[Delivery]:
        """Deliveries that are due, at most one of each lane."""
        due = self._retries.take_due(self._clock.now_ms(), lambda one: one.event.lane)
        start = self._diversions.settled(due) if due else due
        self._in_flight += len(start)
        return start

    def _attempt_all(self, deliveries: Sequence[Delivery]) -> None:
        waiting = deque(deliveries)
        while waiting:
            waiting.extend(self._attempt(waiting.popleft()))

    def _attempt(self, delivery: Delivery) -> Sequence[Delivery]:
        """Post one delivery; return what may start at once because it could not be posted."""
        assert self._world is not None, "attach() comes before the first event"
        world = self._world.at(delivery.event.account_id)
        target = world.delivery_target(delivery.event.object)
        at_ms = self._clock.now_ms()
        if target is None or not target.active:
            self._journal_dropped(delivery, NO_SUBSCRIPTION if target is None else DISABLED)
            return self._plan(delivery, at_ms, None).start
        request = request_of(
            delivery,
            target,
            at_ms,
            timeout_s=world.choices.answer_limit,
            is_bare=world.sends_bare_changes(),
        )
        self._transport.submit(request, partial(self._attempted, delivery, request, at_ms))
        return ()

    def _attempted(
        self, delivery: Delivery, request: OutboundRequest, at_ms: int, reply: Reply
    ) -> None:
        assert self._world is not None
        choices = self._world.choices
        outcome = reply.outcome(choices)
        if delivery.generation == self._generation:
            self._journal.append(
                delivery.entry(
                    EntryKind.WEBHOOK_DELIVERY,
                    outcome,
                    at_ms,
                    duration_ms=reply.duration_s * 1000,
                    request=request.recorded(),
                    response=reply.recorded(),
                    reason=reply.reason(choices),
                )
            )
        plan = self._plan(delivery, at_ms, outcome)
        if reply.is_slow(choices) and delivery.generation == self._generation:
            plan.alerts.append(AlertKind.SLOW)
        self._follow(plan)

    def _plan(self, delivery: Delivery, at_ms: int, outcome: EntryOutcome | None) -> Plan:
        """Decide what follows; `outcome` None: the attempt could not be made and never will."""
        with self._lock:
            plan = Plan()
            if delivery.generation == self._generation:
                if delivery.attempts == 0:
                    delivery.first_attempt_ms = at_ms
                    if delivery.in_lane:
                        plan.start = self._lanes.leave(delivery.event.lane)
                delivery.attempts += 1
                if outcome is EntryOutcome.DELIVERED:
                    plan.recovered = self._failures.end(delivery.about)
                elif outcome is EntryOutcome.FAILED:
                    self._plan_after_failure(delivery, at_ms, plan)
            self._in_flight += len(plan.start) - 1
            if not self._in_flight:
                self._idle.notify_all()
            return plan

    def _plan_after_failure(self, delivery: Delivery, at_ms: int, plan: Plan) -> None:
        assert self._world is not None
        about, is_change = delivery.about, delivery.event.field in CHANGE_FIELDS
        regime = retries.regime_of(self._world.choices, is_change=is_change)
        since_ms = self._failures.since(about, regime, at_ms)
        if regime.is_hopeless(since_ms, at_ms):
            self._failures.end(about)
            plan.disabled = about
            waiting = self._retries.take_all(lambda one: one.about == about)
            plan.dropped, plan.dropped_because = [delivery, *waiting], DISABLED
            return
        if regime.is_worth_an_alert(since_ms, at_ms):
            plan.alerts.append(AlertKind.FAILING)
        due_ms = regime.next_attempt_ms(delivery.first_attempt_ms, delivery.attempts)
        if due_ms is None:
            plan.alerts.append(AlertKind.DROPPED)
            plan.dropped, plan.dropped_because = [delivery], GIVEN_UP
        else:
            self._retries.add(due_ms, delivery)
            self._due.notify_all()

    def _follow(self, plan: Plan) -> None:
        assert self._world is not None
        if plan.recovered or plan.disabled:
            self._world.resolve_alerts((AlertKind.FAILING,))
        if plan.disabled:
            self._world.at(plan.disabled[1]).disable_subscription(plan.disabled[0])
            self._world.alert(AlertKind.DISABLED)
        for kind in plan.alerts:
            self._world.alert(kind)
        for delivery in plan.dropped:
            self._journal_dropped(delivery, plan.dropped_because)
        self._attempt_all(plan.start)

    def _journal_dropped(self, delivery: Delivery, reason: str) -> None:
        self._journal.append(delivery.silence(self._clock.now_ms(), reason))
