"""Customers who write and agents who work, on threads of their own."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from harness.clock import Clock
from harness.soak.agent import Agent
from harness.soak.ledger import Ledger
from harness.soak.plan import SoakPlan
from harness.soak.writers import Writer


class Crowd:
    """Writers end when asked, agents at the end of the block."""

    def __init__(
        self,
        plan: SoakPlan,
        meta_url: str,
        usernames: list[str],
        agents: tuple[Agent, ...],
        ledger: Ledger,
        clock: Clock,
    ) -> None:
        self._closing, self._closed = threading.Event(), threading.Event()
        writers = [
            Writer(
                meta_url,
                usernames[number :: plan.writers],
                ledger,
                plan.chance(f"writer {number}"),
                clock,
            )
            for number in range(plan.writers)
        ]
        self._writing = [
            threading.Thread(target=one.write, args=(self._closing,)) for one in writers
        ]
        self._working = [threading.Thread(target=one.work, args=(self._closed,)) for one in agents]

    def __enter__(self) -> Self:
        for thread in (*self._writing, *self._working):
            thread.start()
        return self

    def stop_writing(self) -> None:
        """Return when the last message is written."""
        self._closing.set()
        for thread in self._writing:
            thread.join()

    def stop_working(self) -> None:
        """Return when every agent has put down the last reply."""
        self._closed.set()
        for thread in self._working:
            thread.join()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop_writing()
        self.stop_working()
