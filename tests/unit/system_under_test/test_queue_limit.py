"""Customers who have waited too long are told and ended, where a service says so (B.2)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from system_under_test.domain.business_hours import parse_hours
from system_under_test.domain.windows import STANDARD_MS
from tests.fakes.little_console import LittleConsole

ANA, BIA = "3603717463085785", "3603717463085786"
SORRY = "Nobody is free, please write again."


def states(little: LittleConsole) -> str:
    return str(little.scalar("SELECT state FROM conversation ORDER BY id LIMIT 1"))


def test_nobody_is_ended_by_waiting_unless_a_service_says_so(little: LittleConsole) -> None:
    """R13."""
    little.deliver(little.message(ANA))

    little.pass_time(7_200)

    assert states(little) == "queued"


def test_who_has_waited_too_long_is_told_and_counted_as_given_up(little: LittleConsole) -> None:
    little.change_service(queue_limit_minutes=10, queue_text=SORRY)
    little.deliver(little.message(ANA))
    little.pass_time(599)
    before = states(little)

    little.pass_time(1)
    little.sender.send_next()

    assert (before, states(little)) == ("queued", "ended")
    assert little.scalar("SELECT end_reason FROM conversation") == "waited_too_long"
    assert (little.graph.sent, little.graph.tags) == ([SORRY], [None])
    figures = little.metrics.report(60, 20)["all"]
    assert figures["abandonment"] == 1
    session = little.enter()
    little.deliver(little.message(ANA, "Oi?"))
    assert little.mine(session) == {ANA: "active"}


def test_without_a_text_nobody_is_written_to(lone: LittleConsole) -> None:
    lone.change_service(queue_limit_minutes=10)
    lone.deliver(lone.message(ANA))

    lone.pass_time(600)

    assert states(lone) == "ended"
    assert lone.scalar("SELECT count(*) FROM outbox") == 0


def test_a_machine_keeps_silent_where_its_window_is_closed(lone: LittleConsole) -> None:
    lone.change_service(queue_limit_minutes=1500, queue_text=SORRY)
    lone.deliver(lone.message(ANA))
    lone.clock.now += STANDARD_MS + 60_000 * 61

    lone.timers.run_due()

    assert states(lone) == "ended"
    assert lone.scalar("SELECT count(*) FROM outbox") == 0


def test_what_an_agent_has_had_waits_on(little: LittleConsole) -> None:
    little.change_service(queue_limit_minutes=10)
    session = little.enter()
    little.open(ANA, session)
    little.supervision.sign_out("agent1")

    little.pass_time(3_000)

    assert states(little) == "queued"


def test_a_free_agent_goes_before_the_limit(lone: LittleConsole) -> None:
    """At the very moment when the time is over somebody is free: attended, not ended."""
    lone.change_service(queue_limit_minutes=10)
    session = lone.enter(status=None)
    lone.deliver(lone.message(ANA))
    lone.pass_time(590)
    lone.stay(session)
    with lone.store.writing() as records:
        records.agents.set_status(session.agent_id, "operating", lone.clock.now)

    lone.clock.now += 10_000
    lone.timers.run_due()

    assert lone.mine(session) == {ANA: "active"}


def test_the_time_begins_when_the_service_opens(lone: LittleConsole) -> None:
    lone.clock.now = at(3, 0)
    lone.change_service(queue_limit_minutes=30, hours="UTC mon-sun 08:00-18:00")
    lone.deliver(lone.message(ANA))

    seen = []
    for hour, minute in ((7, 59), (8, 0), (8, 29), (8, 30)):
        lone.clock.now = at(hour, minute)
        lone.timers.run_due()
        seen.append(states(lone))

    assert seen == ["queued", "queued", "queued", "ended"]


def at(hour: int, minute: int, day: int = 19) -> int:
    return int(datetime(2025, 9, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("hours", "now", "since"),
    [
        ("", at(12, 0), 0),
        ("UTC mon-fri 08:00-18:00", at(12, 0), at(8, 0)),
        ("UTC mon-fri 08:00-12:00, mon-fri 12:00-18:00", at(13, 0), at(8, 0)),
        ("UTC mon-sun 00:00-24:00", at(12, 0), 0),
        ("UTC thu 20:00-24:00, fri 00:00-06:00", at(5, 0), at(20, 0, 18)),
    ],
)
def test_hours_know_since_when_they_are_open(hours: str, now: int, since: int) -> None:
    assert parse_hours(hours).opened_ms(now) == since


def test_the_setting_goes_both_ways(little: LittleConsole) -> None:
    little.change_service(queue_limit_minutes=15, queue_text=SORRY)

    with little.store.administering() as book:
        kept = book.services()[0]

    assert (kept.queue_limit_minutes, kept.queue_text) == (15, SORRY)
