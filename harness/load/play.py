"""One load run from opening to closing: phases with deadlines, everything written down."""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.clock import Clock, SystemClock
from harness.config import Config
from harness.errors import HarnessError
from harness.load.crowd import Crowd
from harness.load.floor import Floor, open_floor
from harness.load.journal_reader import JournalReader
from harness.load.plan import Plan
from harness.load.shift import Shift, open_history
from harness.load.threads import ThreadReader
from harness.simulation.findings import counted
from harness.simulation.history import RunClosed, RunStarted, ThreadRead
from reports.load_record import RequestRow

LOOK_S = 0.25
Say = Callable[[str], None]


class InterruptedRunError(HarnessError):
    """Somebody pressed Ctrl-C or ended the process."""


@dataclass(frozen=True)
class Played:
    """What Locust counted and how long the parts took; the rest stands in the history."""

    requests: tuple[RequestRow, ...]
    open_s: float
    drain_s: float


def play(config: Config, plan: Plan, folder: Path, environ: Mapping[str, str], say: Say) -> Played:
    """Run the plan; `folder` then holds history.ndjson. Raises HarnessError or TargetError."""
    say("starting the emulated Meta and the console")
    with open_floor(config, plan, folder, environ) as floor, open_history(folder) as file:
        shift = Shift(plan, file)
        shift.note(
            RunStarted(
                at_ms=shift.now_ms(),
                customers=plan.customers,
                agents=plan.agents,
                positions=plan.positions,
                seed=plan.seed,
                target=config.run.target,
            )
        )
        with _interruptible(shift):
            return _Run(floor, shift, say).play()


class _Run:
    """The phases of one run."""

    def __init__(self, floor: Floor, shift: Shift, say: Say) -> None:
        self._floor = floor
        self._shift = shift
        self._say = say
        self._clock: Clock = SystemClock()

    def play(self) -> Played:
        shift = self._shift
        reader = JournalReader(self._floor.meta.base_url, shift)
        follower = threading.Thread(target=reader.follow, name="journal", daemon=True)
        with Crowd(self._floor, shift) as crowd:
            try:
                self._gather()
                follower.start()
                opened_s = self._clock.monotonic()
                self._open()
                closing_s = self._clock.monotonic()
                drained = self._drain()
                closed_s = self._clock.monotonic()
                waiting = self._ask_the_staff()
            finally:
                shift.closed.set()
        follower.join()
        if not crowd.requests_made:
            raise HarnessError("the load made no request; nothing was put to the test")
        self._read_the_end(reader)
        reason = shift.what_is_open() or (
            "" if drained else f"in the queue: {counted(waiting, 'customer')}"
        )
        shift.note(
            RunClosed(at_ms=shift.now_ms(), drained=drained, queue_length=waiting, reason=reason)
        )
        return Played(crowd.rows(), closing_s - opened_s, closed_s - closing_s)

    def _gather(self) -> None:
        plan, shift = self._shift.plan, self._shift
        self._say(
            f"signing in {counted(plan.agents, 'agent')}, "
            f"making {counted(plan.customers, 'customer')}"
        )

        def complete() -> bool:
            return len(shift.staff) == plan.agents and len(shift.people) == plan.customers

        if not self._wait(complete, plan.setup_s):
            raise HarnessError(
                f"after {plan.setup_s:g} s only {len(shift.staff)} of {plan.agents} agents were "
                f"ready and {len(shift.people)} of {plan.customers} customers"
            )

    def _open(self) -> None:
        plan, shift = self._shift.plan, self._shift
        self._say(f"open for {plan.duration_s:g} s")
        shift.opened.set()
        self._wait(lambda: False, plan.duration_s)
        shift.closing.set()

    def _drain(self) -> bool:
        plan, shift = self._shift.plan, self._shift
        self._say(f"nobody writes any more; the agents work off the rest (≤ {plan.drain_s:g} s)")

        def done() -> bool:
            if any(agent.desk.chats for agent in shift.staff):
                return False
            if shift.staff[0].snapshot().queue_length:
                return False
            quiet_ms = shift.now_ms() - shift.last_news_ms
            return not shift.what_is_open() or quiet_ms >= plan.settle_s * 1000

        return self._wait(done, plan.drain_s)

    def _ask_the_staff(self) -> int:
        """Last looks at positions, queue and routing log; return the queue's length."""
        shift = self._shift
        waiting = max(agent.snapshot().queue_length for agent in shift.staff)
        for line in shift.staff[0].routing_log():
            shift.note(line)
        return waiting

    def _read_the_end(self, reader: JournalReader) -> None:
        self._say("reading every thread and the journal")
        reader.catch_up()
        threads = ThreadReader(self._floor.meta.base_url)
        for customer in self._shift.people.values():
            self._check()
            replies = threads.answers(customer)
            self._shift.note(
                ThreadRead(at_ms=self._shift.now_ms(), customer=customer, replies=replies)
            )

    def _wait(self, done: Callable[[], bool], limit_s: float) -> bool:
        """Wait until it is done, at most that long; raise whatever went wrong meanwhile."""
        deadline = self._clock.monotonic() + limit_s
        while not done():
            left = deadline - self._clock.monotonic()
            if left <= 0:
                return False
            self._check()
            self._clock.sleep(min(LOOK_S, left))
        return True

    def _check(self) -> None:
        self._floor.check_alive()
        if self._shift.troubles:
            raise self._shift.troubles[0]


@contextmanager
def _interruptible(shift: Shift) -> Iterator[None]:
    """Turn the first SIGINT or SIGTERM into an orderly end; the second has its usual effect."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, _frame: object) -> None:
        shift.fail(
            InterruptedRunError(f"ended by {signal.Signals(number).name} before it was judged")
        )
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
