"""Figures of a period, by hand and from what really happened."""

from __future__ import annotations

import pytest

from system_under_test.domain.metrics import (
    Span,
    Summary,
    abandonment,
    occupancy,
    service_level,
    summarise,
)
from tests.fakes.little_console import LittleConsole

ANA, BIA = "3601", "3602"
MINUTE = 60_000


def test_nothing_measured_is_not_nought() -> None:
    assert summarise([]) == Summary(0)
    assert service_level([], [], 20_000) is None
    assert abandonment([], []) is None
    assert occupancy([], [], (0, 10)).slots is None


def test_percentiles_are_values_that_occurred() -> None:
    assert summarise(range(1, 101)) == Summary(100, 50.5, 50, 95, 100)
    assert summarise([7]) == Summary(1, 7, 7, 7, 7)


def test_the_service_level_counts_who_gave_up_late_as_missed() -> None:
    waits, abandoned = [5_000, 20_000, 20_001], [3_000, 60_000]

    assert service_level(waits, abandoned, 20_000) == 2 / 4
    assert abandonment(waits, abandoned) == 2 / 5


def test_occupancy_counts_positions_and_agents() -> None:
    legs = [Span(1, 0, 60), Span(1, 30, 90), Span(2, 0, 100)]
    routable = [Span(1, 0, 100, positions=2), Span(2, 50, 100, positions=4)]

    found = occupancy(legs, routable, (0, 100))

    assert found.slots == pytest.approx((60 + 60 + 50) / (200 + 200))
    assert found.agents == pytest.approx((90 + 50) / 150)


def test_occupancy_looks_at_the_period_alone() -> None:
    found = occupancy([Span(1, -50, 500)], [Span(1, -100, 200)], (0, 100))

    assert (found.slots, found.agents, found.busy_ms, found.routable_ms) == (1, 1, 100, 100)


def test_a_floor_reports_what_happened(little: LittleConsole) -> None:
    start = little.clock.now
    eva = little.enter("agent1")
    number = little.open(ANA, eva)
    little.clock.now = start + MINUTE
    little.desk.reply(eva.agent_id, number, "Olá", None)
    little.clock.now = start + 2 * MINUTE
    little.desk.end(eva.agent_id, number)
    little.clock.now = start + 4 * MINUTE

    report = little.metrics.report(minutes=60, threshold_s=20)

    everything = report["all"]
    assert everything["queue_wait_ms"]["count"] == 1
    assert everything["first_response_ms"]["p50"] == MINUTE - 1
    assert everything["handle_time_ms"]["mean"] == 2 * MINUTE - 1
    assert everything["adjusted_handle_time_ms"] == 2 * MINUTE - 1
    assert everything["service_level"] == 1.0
    assert everything["agent_occupancy"] == pytest.approx(0.5, abs=0.01)
    assert everything["slot_occupancy"] == pytest.approx(0.5 / 8, abs=0.01)
    assert report["services"][0]["name"] == "Instagram"
    assert "wrap-up included" in report["definitions"]["handle_time"]


def test_a_period_forgets_what_was_before(little: LittleConsole) -> None:
    eva = little.enter("agent1")
    little.desk.end(eva.agent_id, little.open(ANA, eva))
    little.clock.now += 61 * MINUTE

    assert little.metrics.report(60, 20)["all"]["handle_time_ms"]["count"] == 0
    assert little.metrics.report(120, 20)["all"]["handle_time_ms"]["count"] == 1


def test_a_tally_counts_everything_once(little: LittleConsole) -> None:
    eva = little.enter("agent1")
    number = little.open(ANA, eva)
    first = little.tallies.take()
    little.desk.reply(eva.agent_id, number, "Olá", None)
    little.desk.end(eva.agent_id, number)
    little.desk.select_status(eva.agent_id, "pause_meal")
    little.deliver(little.message(BIA))
    little.clock.now += 9_000

    second = little.tallies.take()

    assert (first.slots_used, first.slots_offered, second.slots_offered) == (1, 8, 0)
    assert second.messages == {"in": 2, "out": 1}
    assert second.queues["Instagram"] == (1, 9.0)
    assert second.times["handle_time", "Instagram"].count == 1
    assert first.statuses == {"operating": 1, "not_ready": 1}
    assert second.outbox == {"pending": 1}
