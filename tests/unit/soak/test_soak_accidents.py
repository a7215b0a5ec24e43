"""A full disk lasts until the console has refused something for it, and everything comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from harness.drivers.contract import DELIVERY, JournalEntry
from harness.errors import HarnessError
from harness.soak.accidents import REFUSED, Scene, happen
from harness.soak.attack import _kill
from harness.soak.ledger import Ledger
from harness.soak.plan import POSTGRESQL, SoakPlan
from harness.soak.small_disk import NoSmallDiskError, SmallDisk
from tests.fakes.hand_clock import HandClock

TAKEN, REFUSAL, AWAY = ("delivered", 200), ("failed", 503), ("failed", None)


def entry(seq: int, outcome: str, status: int | None, kind: str = DELIVERY) -> JournalEntry:
    return JournalEntry(seq, kind, "ana", (f"m{seq}",), (), 1, outcome, None, status, {})


@dataclass
class Part:
    """Meta with a journal that grows at every look; a disk; a console and its database."""

    outcomes: Iterator[tuple[str, int | None]]
    done: list[str] = field(default_factory=list)
    entries: list[JournalEntry] = field(default_factory=list)

    def last_seq(self) -> int:
        return len(self.entries)

    def journal(self, *, after: int, kind: str) -> tuple[JournalEntry, ...]:
        if after == 1:  # the beginning of a look
            self.entries.append(entry(len(self.entries) + 1, *next(self.outcomes)))
        return tuple(one for one in self.entries if one.seq > after and one.kind == kind)

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: self.done.append(name)


def scene(*outcomes: tuple[str, int | None]) -> tuple[Scene, Part]:
    part: Any = Part(iter(outcomes))
    part.entries.append(entry(1, *REFUSAL))  # before the disk was full
    plan = SoakPlan(POSTGRESQL, disk_full_s=3.0)
    return Scene(plan, part, part, part, part, Ledger(), HandClock()), part


def test_a_disk_stays_full_until_three_deliveries_were_refused() -> None:
    here, part = scene(TAKEN, REFUSAL, TAKEN, REFUSAL, AWAY, REFUSAL)

    happen("disk_full", here)

    assert part.done == [*["fill"] * 5, "clear", "revive", "revive"]
    assert here.ledger.counts == {REFUSED: 3, "disk full": 1}


def test_a_full_disk_that_nobody_feels_ends_the_attack() -> None:
    here, _ = scene(*[TAKEN, AWAY] * 50)

    with pytest.raises(HarnessError, match="the console refused 0 deliveries: the database found"):
        happen("disk_full", here)


@pytest.mark.parametrize(
    ("told", "delivered"),
    [
        (entry(1, *TAKEN), True),
        (entry(1, *REFUSAL), False),
        (entry(1, *AWAY), False),
        (entry(1, "delivered", 200, kind="graph_call"), False),
    ],
)
def test_only_a_webhook_answered_with_2xx_is_delivered(told: JournalEntry, delivered: bool) -> None:
    assert told.delivered is delivered


def test_a_refused_mount_is_told_with_its_reason(tmp_path: Any) -> None:
    with pytest.raises(NoSmallDiskError, match="mount"), SmallDisk(tmp_path, -1):
        pass


def test_where_nobody_may_mount_the_attack_says_that_no_disk_was_full() -> None:
    full, part = scene()
    here = replace(full, disk=None, plan=SoakPlan(POSTGRESQL, kills=2, full=False))
    said: list[str] = []

    _kill(here, here.ledger, said.append)

    assert said == ["after 1 kills: no disk full, for nobody may mount a filesystem here"]
    assert part.done.count("kill") == here.ledger.counts["kills"] == 2
    assert here.ledger.counts["disk full"] == 0
