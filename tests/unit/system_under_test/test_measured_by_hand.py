"""Every figure of the floor against one that was worked out by hand, with the sum beside it."""

from __future__ import annotations

from typing import Any

import pytest

from system_under_test.domain.agents import Session
from tests.fakes.little_console import ACCOUNT, LittleConsole

ANA, BIA, EVA = "3601", "3602", "3603"


class Play:
    """A floor whose clock is told to the second."""

    def __init__(self, little: LittleConsole) -> None:
        self.little = little
        self.start = little.clock.now

    def at(self, second: float) -> None:
        self.little.clock.now = self.start + int(second * 1000)

    def enter(self, login: str, second: float = 0) -> Session:
        """Operating from then on, and there to stay."""
        self.at(second)
        session = self.little.enter(login)
        self.little.stay(session)
        return session

    def write(self, second: float, customer: str, mid: str | None = None) -> None:
        self.at(second)
        item = self.little.message(customer, mid=mid)
        self.at(second)
        self.little.deliver(item)

    def number(self, customer: str) -> int:
        return int(
            self.little.scalar(
                "SELECT max(conversation.id) FROM conversation JOIN customer"
                f" ON customer.id = customer_id WHERE igsid = '{customer}'"
            )
        )

    def end(self, second: float, session: Session, customer: str) -> None:
        self.at(second)
        self.little.desk.end(session.agent_id, self.number(customer))

    def reply(self, second: float, session: Session, customer: str) -> None:
        self.at(second)
        self.little.desk.reply(session.agent_id, self.number(customer), "Olá", None)

    def report(self, second: float, threshold_s: int = 20) -> dict[str, Any]:
        self.at(second)
        found: dict[str, Any] = self.little.metrics.report(60, threshold_s)["all"]
        return found

    def times(self, kind: str) -> list[float]:
        with self.little.store._connection("BEGIN") as connection:
            rows = connection.exec_driver_sql(
                f"SELECT value_ms FROM sample WHERE kind = '{kind}' ORDER BY id"
            )
            return [row[0] / 1000 for row in rows]


@pytest.fixture
def play(little: LittleConsole) -> Play:
    return Play(little)


# --- occupancy and handle time ------------------------------------------------------------------


def test_two_conversations_that_overlap(play: Play) -> None:
    play.little.change_agent(1, positions=2)
    eva = play.enter("agent1")
    play.write(0, ANA)
    play.write(10, BIA)
    play.end(40, eva, ANA)
    play.end(60, eva, BIA)

    seen = play.report(100)

    assert play.times("handle_time") == [40, 50]
    assert seen["handle_time_ms"]["mean"] == 45_000
    assert seen["slot_occupancy"] == (40 + 50) / (2 * 100)
    assert seen["agent_occupancy"] == 60 / 100  # somebody from 0 to 60
    assert seen["adjusted_handle_time_ms"] == 60_000 / 2


def test_what_is_held_in_a_pause_is_handled_but_not_offered(play: Play) -> None:
    eva = play.enter("agent1")
    play.write(0, ANA)
    play.at(60)
    play.little.desk.select_status(eva.agent_id, "pause_meal")
    play.end(80, eva, ANA)

    seen = play.report(100)

    assert play.times("handle_time") == [80]
    assert seen["slot_occupancy"] == 60 / (8 * 60)
    assert seen["agent_occupancy"] == 60 / 60
    assert seen["adjusted_handle_time_ms"] == 80_000


def test_who_is_gone_offers_no_positions(play: Play) -> None:
    play.at(0)
    eva = play.little.enter("agent1")  # the lease lasts 30 s, and nobody renews it
    play.at(31)
    play.little.timers.run_due()
    gone = play.report(200)
    tally = play.little.tallies.take()
    play.little.presence.touch(eva)
    play.write(200, ANA)

    back = play.report(220)

    assert (gone["slot_occupancy"], tally.slots_offered) == (0, 0)
    assert back["slot_occupancy"] == 20 / (8 * 30 + 8 * 20)


def test_who_is_renewed_in_a_bundle_after_the_lease_is_back_too(play: Play) -> None:
    play.at(0)
    eva = play.little.enter("agent1")
    play.at(29)
    play.little.presence.touch(eva)
    play.at(31)
    play.little.timers.run_due()
    play.at(34)
    play.little.presence.flush()
    play.write(34, ANA)

    assert play.report(44)["slot_occupancy"] == 10 / (8 * 30 + 8 * 10)


def test_positions_count_from_when_they_are_changed(play: Play) -> None:
    eva = play.enter("agent1")
    play.write(0, ANA)
    play.at(50)
    play.little.change_agent(1, positions=2)
    play.end(60, eva, ANA)

    assert play.report(100)["slot_occupancy"] == 60 / (8 * 50 + 2 * 50)


def test_a_transfer_gives_each_agent_a_leg(play: Play) -> None:
    """R17."""
    first, second = play.enter("agent1"), play.enter("agent2")
    play.write(0, ANA)
    play.at(30)
    number = play.number(ANA)
    play.little.transfers.to_agent(number, "agent2", giver=first.agent_id, wait=False)
    play.reply(45, second, ANA)
    play.end(50, second, ANA)

    assert play.times("handle_time") == [30, 20]  # R17
    assert play.times("queue_wait") == [0]
    assert play.times("in_slot_reply") == [15]  # at this agent since 30
    assert play.times("first_response") == [45]


def test_a_wrap_up_is_part_of_the_handle_time(play: Play) -> None:
    play.little.change_service(post_service=True)
    eva = play.enter("agent1")
    play.write(0, ANA)
    play.end(20, eva, ANA)
    play.at(35)
    play.little.desk.finish(eva.agent_id, play.number(ANA), None)

    assert (play.times("handle_time"), play.times("wrap_up")) == ([35], [15])


def test_each_turn_of_the_customer_is_one_reply_time(play: Play) -> None:
    eva = play.enter("agent1")
    play.write(0, ANA)
    play.write(5, ANA)  # the same turn
    play.reply(8, eva, ANA)
    play.reply(9, eva, ANA)  # nobody waits for this one
    play.write(20, ANA)
    play.reply(26, eva, ANA)

    assert play.times("in_slot_reply") == [8, 6]
    assert play.times("first_response") == [8]


# --- waiting and giving up ----------------------------------------------------------------------


def test_a_wait_begins_when_the_message_is_stored(play: Play) -> None:
    eva = play.enter("agent1")
    play.little.store_delivery(play.little.message(ANA))
    stored = play.little.clock.now
    play.at(45)
    while play.little.inbox.process() is not None:
        pass
    play.reply(60, eva, ANA)

    assert play.times("queue_wait") == [(play.start + 45_000 - stored) / 1000]
    assert play.times("in_slot_reply") == [15]


def test_the_service_level_of_four_customers(play: Play) -> None:
    play.write(0, ANA)
    play.write(80, BIA)
    play.write(95, EVA)
    play.write(100, "3604")
    for second, customer in ((30, ANA), (90, BIA)):  # one gives up late, one early
        play.at(second)
        play.little.supervision.end(play.number(customer))
    play.enter("agent1", 110)

    seen = play.report(120, threshold_s=20)

    assert play.times("abandoned") == [30, 10]
    assert play.times("queue_wait") == [15, 10]
    assert seen["service_level"] == 2 / (2 + 1)
    assert seen["abandonment"] == 2 / 4


def test_who_reached_an_agent_has_not_given_up(play: Play) -> None:
    eva = play.enter("agent1")
    play.write(0, ANA)
    play.at(10)
    play.little.desk.select_status(eva.agent_id, "pause_meal")
    play.little.transfers.requeue(play.number(ANA))
    play.at(20)
    play.little.supervision.end(play.number(ANA))

    assert (play.times("queue_wait"), play.times("abandoned")) == ([0], [])


def test_who_was_only_offered_to_an_agent_has_not_reached_one(play: Play) -> None:
    play.little.change_agent(1, chat_answer="manual")
    play.enter("agent1")
    play.write(0, ANA)
    play.at(12)
    play.little.supervision.end(play.number(ANA))

    assert (play.times("queue_wait"), play.times("abandoned")) == ([], [12])


def test_who_unsends_everything_has_given_up_then(play: Play) -> None:
    for second, mid in ((0, "m1"), (5, "m2")):
        play.write(second, ANA, mid)
    for second, mid in ((15, "m1"), (25, "m2")):
        play.at(second)
        item = play.little.item(ANA, ACCOUNT, {"mid": mid, "is_deleted": True})
        item["timestamp"] = play.start + second * 1000
        play.little.deliver(item)
    eva = play.enter("agent1", 60)

    seen = play.report(70)

    assert play.little.mine(eva) == {ANA: "active"}  # the agent sees that it was deleted
    assert (play.times("queue_wait"), play.times("abandoned")) == ([], [25])
    assert (seen["abandonment"], seen["service_level"]) == (1, 0)


# --- the cap is hard (R7) -----------------------------------------------------------------------


def test_a_position_that_is_switched_off_while_taken_is_not_made_up_for(play: Play) -> None:
    """R7."""
    eva = play.enter("agent1")
    for number in range(1, 4):
        play.write(number, f"36{number}")
    play.end(5, eva, "361")
    play.end(6, eva, "362")  # only position 3 is taken now
    play.little.change_agent(1, positions=2)

    play.write(10, ANA)
    play.write(11, BIA)

    held = play.little.desk.state(eva)["conversations"]
    assert [one["slot"] for one in held] == [1, 3]
    play.end(12, eva, "363")
    assert play.little.mine(eva) == {ANA: "active", BIA: "active"}
