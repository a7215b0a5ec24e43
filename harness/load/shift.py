"""What everybody on the floor shares during one run: time, phase, history, what is still open.

Threads and events of the standard library are greenlets here: Locust patches them on import.
"""

import threading
import time
from itertools import count
from pathlib import Path
from typing import Protocol, TextIO

from faker import Faker

from harness.load.desk import Desk
from harness.load.plan import Plan
from harness.simulation.findings import counted
from harness.simulation.history import (
    AgentReplied,
    AgentSaw,
    CustomerArrived,
    CustomerSent,
    Observed,
    Routed,
    SlotsSeen,
    written,
)

PHRASES = 200


class Staff(Protocol):
    """An agent at work, as far as the floor must know."""

    desk: Desk

    def snapshot(self) -> SlotsSeen:
        """Positions and queue now, also written down."""

    def routing_log(self) -> list[Routed]:
        """Everything the console's routing log tells."""


class Shift:
    """One run. Phases: set-up, `opened`, `closing` (nobody writes any more), `closed`."""

    def __init__(self, plan: Plan, history: TextIO) -> None:
        self.plan = plan
        self.opened = threading.Event()
        self.closing = threading.Event()
        self.closed = threading.Event()
        self.people: dict[str, str] = {}  # IGSID → customer
        self.bells: dict[str, threading.Event] = {}  # customer → rings when an answer may have come
        self.agents_ready = 0
        self.staff: list[Staff] = []
        self.troubles: list[BaseException] = []
        self.phrases = _phrases(plan.seed)
        self.customer_numbers = count(1)
        self.agent_numbers = count(0)
        self._history = history
        self._sent: set[str] = set()
        self._seen: set[str] = set()
        self._promised: set[str] = set()
        self._landed: set[str] = set()
        self._wall_s, self._started_s = time.time(), time.monotonic()
        self.last_news_ms = self.now_ms()

    def now_ms(self) -> float:
        """Milliseconds since the epoch that never go backwards."""
        return (self._wall_s + time.monotonic() - self._started_s) * 1000

    def note(self, event: Observed) -> None:
        """Write one event down."""
        self._history.write(written(event) + "\n")
        if not isinstance(event, SlotsSeen):
            self.last_news_ms = self.now_ms()
        if isinstance(event, CustomerArrived):
            self.people[event.igsid] = event.customer
            self.bells[event.customer] = threading.Event()
        elif isinstance(event, CustomerSent):
            self._sent.add(event.mid)
        elif isinstance(event, AgentSaw) and event.mid is not None:
            self._seen.add(event.mid)
        elif isinstance(event, AgentReplied) and event.is_accepted:
            self._promised.add(event.reply)

    def landed(self, reply: str, customer: str | None) -> None:
        """An answer has reached Instagram."""
        self._landed.add(reply)
        self.last_news_ms = self.now_ms()
        if customer in self.bells:
            self.bells[customer].set()

    def fail(self, trouble: BaseException) -> None:
        """Something of ours broke: the run ends, its verdict is an error."""
        self.troubles.append(trouble)

    def what_is_open(self) -> str:
        """What still has to happen, in words; empty when nothing has."""
        missing = len(self._sent - self._seen)
        answers = len(self._promised - self._landed)
        parts = [
            f"{counted(missing, 'message')} unseen" if missing else "",
            f"{counted(answers, 'answer')} under way" if answers else "",
        ]
        return ", ".join(part for part in parts if part)


def open_history(folder: Path) -> TextIO:
    """The file into which the run is written."""
    return (folder / "history.ndjson").open("w", encoding="utf-8")


def _phrases(seed: int) -> tuple[str, ...]:
    faker = Faker("pt_BR")
    faker.seed_instance(seed)
    return tuple(faker.sentence(nb_words=6) for _ in range(PHRASES))
