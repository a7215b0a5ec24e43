"""The short attack: a few kills under load, every law holds, and it was a load."""

from __future__ import annotations

import os

import pytest

from harness.clock import SystemClock
from harness.soak.attack import Outcome, attack
from harness.soak.plan import SQLITE, SoakPlan

pytestmark = pytest.mark.load


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    plan = SoakPlan(SQLITE, kills=3, customers=18, full=False, pause_s=(0.3, 1.2), settle_s=60)
    return attack(plan, tmp_path_factory.mktemp("soak"), os.environ, SystemClock(), print)


def test_every_law_holds(attacked: Outcome) -> None:
    assert attacked.violations == []


def test_it_was_an_attack(attacked: Outcome) -> None:
    assert attacked.counts["kills"] == 3
    assert attacked.counts["calls that failed"] > 0
    assert attacked.counts["messages acknowledged"] > 10
    assert attacked.counts["replies sent"] > 10
