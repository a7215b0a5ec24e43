"""Passing conversations on, never beyond a position (contact-centre R7, R17)."""

from __future__ import annotations

import pytest

from system_under_test.service.sharing import NotYoursError, WrongStateError
from system_under_test.service.transfers import AgentBusyError, NoSuchTargetError
from tests.fakes.little_console import LittleConsole

ANA, BIA, EVA = "3601", "3602", "3603"


def reasons(little: LittleConsole) -> list[str]:
    with little.store.reading() as records:
        return [one["reason"] for one in reversed(records.routing_log.latest(50))]


def legs(little: LittleConsole, number: int) -> list[tuple[int, str | None]]:
    with little.store._connection("BEGIN") as connection:
        rows = connection.exec_driver_sql(
            f"SELECT agent_id, outcome FROM leg WHERE conversation_id = {number} ORDER BY id"
        )
        return [(row[0], row[1]) for row in rows]


def test_a_transfer_swaps_positions_at_once(little: LittleConsole) -> None:
    """R17."""
    giver, taker = little.enter("agent1"), little.enter("agent2")
    number = little.open(ANA, giver)
    little.clock.now += 60_000
    little.stay(giver, taker)

    moved = little.transfers.to_agent(number, "agent2", giver=giver.agent_id, wait=False)

    assert (moved["state"], moved["slot"]) == ("active", 1)
    assert (little.mine(giver), little.mine(taker)) == ({}, {ANA: "active"})
    assert [one["text"] for one in little.bubbles(taker, number)] == ["Oi"]
    assert legs(little, number) == [(giver.agent_id, "transferred"), (taker.agent_id, None)]
    assert reasons(little)[-2:] == ["transferred", "meant_for_this_agent"]


def test_the_giver_can_do_nothing_more_with_it(little: LittleConsole) -> None:
    giver, _ = little.enter("agent1"), little.enter("agent2")
    number = little.open(ANA, giver)
    little.transfers.to_agent(number, "agent2", giver=giver.agent_id, wait=False)

    with pytest.raises(NotYoursError):
        little.desk.reply(giver.agent_id, number, "Oi", None)
    with pytest.raises(NotYoursError):
        little.transfers.to_agent(number, "agent1", giver=giver.agent_id, wait=False)


def test_a_transfer_to_a_full_agent_is_refused_and_changes_nothing(little: LittleConsole) -> None:
    """R7."""
    little.change_agent(2, positions=1)
    giver, taker = little.enter("agent1"), little.enter("agent2")
    little.deliver(little.message(ANA), little.message(BIA))
    number = int(little.desk.state(giver)["conversations"][0]["id"])

    with pytest.raises(AgentBusyError) as refused:
        little.transfers.to_agent(number, "agent2", giver=giver.agent_id, wait=False)

    assert refused.value.why == "full"
    assert (little.mine(giver), little.mine(taker)) == ({ANA: "active"}, {BIA: "active"})


def test_a_transfer_may_wait_for_the_agent_but_not_for_ever(little: LittleConsole) -> None:
    little.change_agent(2, positions=1)
    giver, taker = little.enter("agent1"), little.enter("agent2")
    little.stay(giver, taker)
    little.deliver(little.message(ANA), little.message(BIA))
    number = int(little.desk.state(giver)["conversations"][0]["id"])

    waiting = little.transfers.to_agent(number, "agent2", giver=giver.agent_id, wait=True)
    little.pass_time(119)
    assert (waiting["state"], little.mine(giver)) == ("queued", {})
    little.pass_time(1)

    assert little.mine(giver) == {ANA: "active"}  # anybody may have it now


def test_what_waits_for_an_agent_is_theirs_when_they_are_free(little: LittleConsole) -> None:
    little.change_agent(2, positions=1)
    giver, taker = little.enter("agent1"), little.enter("agent2")
    little.deliver(little.message(ANA), little.message(BIA))
    mine = int(little.desk.state(giver)["conversations"][0]["id"])
    theirs = int(little.desk.state(taker)["conversations"][0]["id"])
    little.transfers.to_agent(mine, "agent2", giver=giver.agent_id, wait=True)

    little.desk.end(taker.agent_id, theirs)

    assert little.mine(taker) == {ANA: "active"}


def test_an_absent_agent_is_away(little: LittleConsole) -> None:
    giver = little.enter("agent1")
    number = little.open(ANA, giver)

    with pytest.raises(AgentBusyError) as refused:
        little.transfers.to_agent(number, "agent2", giver=giver.agent_id, wait=False)

    assert refused.value.why == "away"


def test_an_agent_with_manual_answer_is_offered_the_transfer(little: LittleConsole) -> None:
    little.change_agent(2, chat_answer="manual")
    giver, taker = little.enter("agent1"), little.enter("agent2", status="ready")
    little.desk.select_status(taker.agent_id, "pause_rest")
    number = little.open(ANA, giver)
    little.desk.select_status(taker.agent_id, "ready")

    little.transfers.to_agent(number, "agent2", giver=giver.agent_id, wait=False)

    assert little.mine(taker) == {ANA: "offered"}


def test_a_transfer_to_a_service_keeps_the_age_and_leaves_the_giver_last(
    little: LittleConsole,
) -> None:
    """R17."""
    little.change_service("Sales")
    little.change_agent(2, services=("Instagram", "Sales"))
    giver = little.enter("agent1")
    number = little.open(ANA, giver)

    moved = little.transfers.to_service(number, "Sales", giver=giver.agent_id)
    taker = little.enter("agent2")

    assert (moved["state"], moved["service"]["name"]) == ("queued", "Sales")
    assert little.mine(taker) == {ANA: "active"}
    assert little.scalar("SELECT queued_seq FROM conversation") == number


@pytest.mark.parametrize("login", ["agent9", "agent2"])
def test_there_must_be_such_an_agent_of_the_service(little: LittleConsole, login: str) -> None:
    little.change_agent(2, services=())
    giver = little.enter("agent1")
    number = little.open(ANA, giver)

    with pytest.raises(NoSuchTargetError):
        little.transfers.to_agent(number, login, giver=giver.agent_id, wait=False)
    with pytest.raises(NoSuchTargetError):
        little.transfers.to_service(number, "Nowhere", giver=giver.agent_id)


def test_what_has_ended_is_not_passed_on(little: LittleConsole) -> None:
    giver, _ = little.enter("agent1"), little.enter("agent2")
    number = little.open(ANA, giver)
    little.desk.end(giver.agent_id, number)

    with pytest.raises(WrongStateError):
        little.transfers.to_agent(number, "agent2", giver=giver.agent_id, wait=False)


def test_the_targets_tell_load_and_queue(little: LittleConsole) -> None:
    little.change_service("Sales")
    giver, _ = little.enter("agent1"), little.enter("agent2")
    little.open(ANA, giver)

    targets = little.transfers.targets(giver.agent_id)

    colleague = targets["agents"][0]
    assert (colleague["login"], colleague["active"], colleague["positions"]) == ("agent2", 0, 8)
    assert colleague["free"]
    assert targets["services"] == [
        {"name": "Instagram", "queue_length": 0},
        {"name": "Sales", "queue_length": 0},
    ]


def test_the_one_who_loses_it_is_told(little: LittleConsole) -> None:
    giver, _ = little.enter("agent1"), little.enter("agent2")
    number = little.open(ANA, giver)
    cursor = little.feed.newest()

    little.transfers.to_agent(number, "agent2", giver=giver.agent_id, wait=False)

    told = [(one.type, one.data) for one in little.feed.read(giver, cursor).events]
    assert ("conversation_removed", {"id": str(number), "reason": "transferred"}) in told
