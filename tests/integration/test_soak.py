"""The short attack on each engine: a few kills under load and a full disk; every law holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.clock import SystemClock
from harness.drivers.postgres import NoPostgresError
from harness.soak.accidents import REFUSED
from harness.soak.attack import Outcome, attack
from harness.soak.plan import ENGINES, SoakPlan
from harness.soak.small_disk import MEGABYTE, NoSmallDiskError, SmallDisk

pytestmark = pytest.mark.load
KILLS = 3


@pytest.fixture(scope="module", params=ENGINES)
def attacked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outcome]:
    plan = SoakPlan(
        request.param, kills=KILLS, customers=18, full=False, pause_s=(0.3, 1.2), settle_s=60
    )
    try:
        yield attack(plan, tmp_path_factory.mktemp("soak"), os.environ, SystemClock(), print)
    except NoPostgresError as error:
        pytest.skip(str(error))


def test_every_law_holds(attacked: Outcome) -> None:
    assert attacked.violations == []


def test_it_was_an_attack(attacked: Outcome) -> None:
    assert attacked.counts["kills"] == KILLS
    assert attacked.counts["calls that failed"] > 0
    assert attacked.counts["messages acknowledged"] > 10
    assert attacked.counts["replies sent"] > 10


def test_what_came_while_the_disk_was_full_was_refused_and_came_again(
    attacked: Outcome, small_disk: SmallDisk
) -> None:
    assert small_disk.free_bytes() > 0
    assert attacked.counts[REFUSED] > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    try:
        with SmallDisk(tmp_path / "disk", 4) as disk:
            yield disk
    except NoSmallDiskError as error:
        pytest.skip(f"nobody may mount a filesystem here: {error}")


def test_a_full_disk_takes_no_byte_and_a_cleared_one_does(small_disk: SmallDisk) -> None:
    small_disk.fill()
    with pytest.raises(OSError, match="No space left"):
        (small_disk.folder / "one").write_bytes(b"1")

    small_disk.clear()

    (small_disk.folder / "much").write_bytes(b"1" * MEGABYTE)
    assert small_disk.free_bytes() > 0
