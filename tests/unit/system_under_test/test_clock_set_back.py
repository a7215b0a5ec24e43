"""A clock that was an hour fast is put right: nothing waits for the hour to come."""

from __future__ import annotations

import pytest

from system_under_test.domain.customers import Profile
from system_under_test.domain.graph_errors import Fate
from system_under_test.service.outbox import ECHO_WAIT_MS, SENDING_MS
from system_under_test.service.presence import LEASE_MS
from tests.fakes.little_console import LittleConsole

HOUR_MS = 3_600_000
ANA = "3603717463085785"


@pytest.fixture
def fast(little: LittleConsole) -> LittleConsole:
    """A console whose clock is an hour fast."""
    little.presence.flush()
    little.clock.now += HOUR_MS
    return little


def put_right(fast: LittleConsole) -> None:
    fast.clock.now -= HOUR_MS
    fast.clock_watch.look()


def test_a_reply_is_sent_at_once(fast: LittleConsole) -> None:
    session = fast.enter()
    number = fast.open(ANA, session)
    fast.desk.reply(session.agent_id, number, "já", None)
    fast.desk.reply(session.agent_id, number, "e já", None)

    put_right(fast)
    pauses = [fast.sender.send_next() for _ in range(2)]

    assert pauses == [0, 0]
    assert fast.graph.sent == ["já", "e já"]


def test_a_reply_whose_sending_process_died_is_settled_in_time(fast: LittleConsole) -> None:
    session = fast.enter()
    number = fast.open(ANA, session)
    fast.desk.reply(session.agent_id, number, "já", None)
    fast.sender._claim(fast.clock.now)

    put_right(fast)
    fast.sender.send_next()
    fast.clock.now += SENDING_MS
    fast.sender.send_next()
    fast.clock.now += ECHO_WAIT_MS
    fast.sender.send_next()

    assert fast.bubbles(session, number)[-1]["state"] == "failed"


def test_a_name_is_asked_for_at_once(fast: LittleConsole) -> None:
    session = fast.enter()
    fast.graph.profiles[ANA] = Profile("Ana", None, None)
    fast.graph.failures = [Fate.RETRY]
    fast.open(ANA, session)
    fast.profiles.fetch_next()

    put_right(fast)
    fast.profiles.fetch_next()

    assert fast.scalar("SELECT name FROM customer") == "Ana"


def test_who_went_away_is_missed_in_time(fast: LittleConsole) -> None:
    session = fast.enter()
    fast.presence.touch(session)
    fast.presence.flush()

    put_right(fast)

    lease_until_ms = fast.scalar("SELECT lease_until_ms FROM session WHERE ended_ms IS NULL")
    assert lease_until_ms == fast.clock.now + LEASE_MS
