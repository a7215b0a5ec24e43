"""A clock that is set back, or leaps, keeps nothing waiting, takes nothing from who is there."""

from __future__ import annotations

import pytest

from system_under_test.domain.deadlines import SKEW_MS
from system_under_test.domain.graph_errors import Fate
from system_under_test.service.outbox import ECHO_WAIT_MS, SENDING_MS
from system_under_test.service.presence import LEASE_MS
from system_under_test.service.subscriptions import Subscriptions
from tests.fakes.little_console import LittleConsole

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ANA, BIA = "3601", "3602"
HOUR_MS = 3_600_000


def set_back(little: LittleConsole) -> None:
    little.clock.now -= HOUR_MS
    little.clock_watch.look()
    little.timers.run_due()


def due(little: LittleConsole, table: str, column: str = "due_ms") -> int:
    """How far ahead that table's only deadline is."""
    found: int = little.scalar(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
    return found - little.clock.now


def test_a_call_under_way_keeps_its_time(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "Olá", None)
    little.graph.while_sending = lambda: set_back(little)

    little.sender.send_next()

    assert little.bubbles(session, number)[-1]["state"] == "sent"
    assert little.graph.sent == ["Olá"]


@pytest.mark.parametrize(
    ("state", "longest_ms"), [("sending", SENDING_MS), ("unconfirmed", ECHO_WAIT_MS)]
)
def test_an_uncertain_reply_gets_its_wait_anew(
    little: LittleConsole, state: str, longest_ms: int
) -> None:
    session = little.enter()
    little.desk.reply(session.agent_id, little.open(ANA, session), "Olá", None)
    little.run(f"UPDATE outbox SET state = '{state}', due_ms = {little.clock.now + longest_ms}")

    set_back(little)

    assert due(little, "outbox") == longest_ms


def test_who_has_gone_is_not_present_for_another_hour(little: LittleConsole) -> None:
    little.enter()

    set_back(little)
    little.clock.now += LEASE_MS
    little.deliver(little.message(ANA))

    assert little.scalar("SELECT state FROM conversation") == "queued"


def test_who_is_there_stays_and_gets_more(little: LittleConsole) -> None:
    session = little.enter()
    little.open(ANA, session)

    set_back(little)
    little.deliver(little.message(BIA))

    assert little.mine(session) == {ANA: "active", BIA: "active"}


def test_who_has_gone_gives_back_after_the_grace(little: LittleConsole) -> None:
    session = little.enter()
    little.open(ANA, session)

    set_back(little)
    little.pass_time(149)
    kept = little.mine(session)
    little.pass_time(2)

    assert (kept, little.mine(session)) == ({ANA: "active"}, {})


def test_a_leap_takes_nothing_from_who_is_there(little: LittleConsole) -> None:
    session = little.enter()
    little.open(ANA, session)

    little.clock.now += HOUR_MS
    little.timers.run_due()
    little.presence.touch(session)
    little.presence.flush()
    little.pass_time(149)

    assert little.mine(session) == {ANA: "active"}


def test_an_offer_and_a_wrap_up_get_their_time_anew(little: LittleConsole) -> None:
    little.change_service(post_service=True, wrap_up_s=90)
    little.change_agent(2, chat_answer="manual")
    wrapping, offered = little.enter("agent1"), little.enter("agent2", status=None)
    little.desk.end(wrapping.agent_id, little.open(ANA, wrapping))
    set_back(little)
    wrap_up_ms = due(little, "conversation")
    little.desk.finish(wrapping.agent_id, 1, None)
    little.desk.select_status(wrapping.agent_id, "pause_meal")
    little.desk.select_status(offered.agent_id, "operating")
    little.deliver(little.message(BIA))

    set_back(little)

    assert (wrap_up_ms, due(little, "conversation")) == (90_000, 30_000)


def test_a_silent_customer_gets_the_whole_time_anew(little: LittleConsole) -> None:
    little.change_service(idle_end_minutes=10)
    session = little.enter()
    little.desk.reply(session.agent_id, little.open(ANA, session), "Olá", None)

    set_back(little)

    assert due(little, "conversation") == 600_000


def test_a_time_that_was_switched_off_ends_nothing(little: LittleConsole) -> None:
    little.change_service(idle_end_minutes=10)
    session = little.enter()
    little.desk.reply(session.agent_id, little.open(ANA, session), "Olá", None)
    little.change_service(idle_end_minutes=0)

    set_back(little)

    assert due(little, "conversation") == 600_000 + HOUR_MS


def test_who_waits_for_one_agent_waits_two_minutes(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.transfers.to_agent(number, "agent2", giver=session.agent_id, wait=True)

    set_back(little)

    assert due(little, "conversation") == 120_000


def test_a_profile_is_asked_for_at_once(little: LittleConsole) -> None:
    little.deliver(little.message(ANA))

    set_back(little)

    assert due(little, "customer", "profile_due_ms") == 0


def test_clocks_of_two_machines_may_differ_a_little(little: LittleConsole) -> None:
    little.enter()
    little.clock.now -= SKEW_MS

    little.clock_watch.look()

    assert due(little, "session", "lease_until_ms") == LEASE_MS + SKEW_MS


def test_a_channel_in_trouble_is_asked_again_in_time(little: LittleConsole) -> None:
    asking = Subscriptions(little.store, little.clock, little.graph, little.subscriptions.announcer)
    little.graph.code, little.graph.failures = 190, [Fate.PERMANENT]
    asking.subscribe()

    set_back(little)
    asking.subscribe()

    assert len(little.graph.subscribed) == 1
    assert little.scalar("SELECT trouble FROM channel") is None


def test_a_question_of_the_future_is_not_asked_for_ever(little: LittleConsole) -> None:
    with little.store.writing() as records:
        records.channels.recheck(little.clock.now)

    set_back(little)
    little.subscriptions.subscribe()
    little.subscriptions.subscribe()

    assert len(little.graph.subscribed) == 1


def test_times_that_were_measured_are_never_negative(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    set_back(little)
    little.desk.reply(session.agent_id, number, "Olá", None)
    little.desk.end(session.agent_id, number)
    little.deliver(little.message(BIA))
    set_back(little)

    floor = little.supervision.floor()
    tally = little.tallies.take()

    assert little.scalar("SELECT min(value_ms) FROM sample") == 0
    assert [one["age_ms"] for agent in floor["agents"] for one in agent["held"]] == [0]
    assert all(one.sum_s >= 0 for one in tally.times.values())
