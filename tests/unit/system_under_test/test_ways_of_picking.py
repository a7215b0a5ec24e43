"""The ways in which a service picks agents, on the database: R2, and what is set instead of it."""

from __future__ import annotations

import pytest

from system_under_test.domain.agents import Session
from tests.fakes.little_console import LittleConsole

ANA, BIA, EVA = "3601", "3602", "3603"


def two(little: LittleConsole, pick: str) -> tuple[Session, Session]:
    """Two agents of a service that picks so; the first has been there a second longer."""
    little.change_service(pick=pick)
    first = little.enter("agent1")
    little.clock.now += 1_000
    return first, little.enter("agent2")


def test_the_fewest_conversations_win_whoever_was_there_longer(little: LittleConsole) -> None:
    """R2."""
    first, second = two(little, "least_loaded")
    little.deliver(little.message(ANA), little.message(BIA))
    little.desk.end(second.agent_id, int(little.desk.state(second)["conversations"][0]["id"]))
    little.clock.now += 20_000

    little.deliver(little.message(EVA))

    assert little.mine(first) == {ANA: "active"}
    assert little.mine(second) == {EVA: "active"}


def test_the_longest_idle_wins_whatever_the_load(little: LittleConsole) -> None:
    first, second = two(little, "longest_idle")
    little.deliver(little.message(ANA), little.message(BIA))  # one each
    little.clock.now += 1_000
    little.desk.end(second.agent_id, int(little.desk.state(second)["conversations"][0]["id"]))
    little.clock.now += 1_000

    little.deliver(little.message(EVA))  # the first has more, but gave nothing up since

    assert little.mine(first) == {ANA: "active", EVA: "active"}
    assert little.mine(second) == {}


def test_turns_are_taken_whatever_the_load(little: LittleConsole) -> None:
    first, second = two(little, "round_robin")
    for customer in (ANA, BIA):
        little.deliver(little.message(customer))
    little.desk.end(second.agent_id, int(little.desk.state(second)["conversations"][0]["id"]))

    little.deliver(little.message(EVA))
    little.deliver(little.message("3604"))

    assert little.mine(first) == {ANA: "active", EVA: "active"}
    assert little.mine(second) == {"3604": "active"}


@pytest.mark.parametrize("pick", ["least_loaded", "longest_idle", "round_robin"])
def test_no_way_of_picking_gives_a_ninth(little: LittleConsole, pick: str) -> None:
    """R7."""
    first, second = two(little, pick)

    little.deliver(*[little.message(f"37{number}") for number in range(10, 30)])

    assert (len(little.mine(first)), len(little.mine(second))) == (8, 8)
    assert little.scalar("SELECT count(*) FROM conversation WHERE state = 'queued'") == 4


def test_a_service_of_higher_priority_takes_the_free_position(little: LittleConsole) -> None:
    """R4, R5: within a priority the order of intake stays."""
    little.change_agent(1, positions=1)
    little.change_agent(2, services=())
    eva = little.enter("agent1")
    number = little.open(ANA, eva)
    little.deliver(little.message(BIA), little.message(EVA))
    queued = little.supervision.floor()["services"][0]["waiting"]
    little.supervision.set_priority(int(queued[1]["id"]), 1)

    little.desk.end(eva.agent_id, number)
    after_one = little.mine(eva)
    little.desk.end(eva.agent_id, int(little.desk.state(eva)["conversations"][0]["id"]))

    assert (after_one, little.mine(eva)) == ({EVA: "active"}, {BIA: "active"})
