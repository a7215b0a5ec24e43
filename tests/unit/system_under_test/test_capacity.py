"""The capacity of a floor: held against closed forms, and against the console's own database."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from click.testing import CliRunner

from system_under_test.__main__ import main
from system_under_test.capacity.assumptions import AssumptionError, Assumptions
from system_under_test.capacity.figures import FIGURES, estimate, mean, replies_beside
from system_under_test.capacity.floor import BrokenFloorError, Floor
from system_under_test.capacity.studies import Goal, fewest_agents, most_arrivals, study
from system_under_test.domain.routing import PICKS, AgentLoad, Assignment, Queued, decide
from tests.fakes.little_console import LittleConsole
from tests.fakes.queueing_theory import (
    erlang_a_given_up,
    erlang_c_mean_wait_s,
    machine_repair_reply_s,
)

QUIET = Assumptions(agents=3, positions=2, arrivals_per_h=20, hours=2, warm_up_h=0.5)


def run(assumed: Assumptions, seed: int = 1) -> Floor:
    return Floor(assumed, random.Random(seed)).run()


def seen(floor: Floor, name: str) -> float:
    return FIGURES[name][1](floor)


# --- closed forms ------------------------------------------------------------------------------


def test_with_one_answer_each_it_is_erlang_c() -> None:
    """One position, one answer, no thinking: an agent is a server of M/M/s."""
    assumed = Assumptions(
        agents=5, positions=1, exchanges=1, writing_s=180, thinking_s=0, arrivals_per_h=80,
        hours=40, warm_up_h=4,
    )  # fmt: skip
    waits = estimate([seen(run(assumed, seed), "wait, mean") for seed in range(14)])

    exact = erlang_c_mean_wait_s(80 / 3600, 180, 5)
    assert waits.mean == pytest.approx(exact, abs=1.5 * waits.half_width)
    assert waits.half_width < exact / 5


def test_with_patience_it_is_erlang_a() -> None:
    assumed = Assumptions(
        agents=10, positions=1, exchanges=1, writing_s=180, thinking_s=0, arrivals_per_h=210,
        patience_s=180, hours=20, warm_up_h=2,
    )  # fmt: skip
    given_up = estimate([seen(run(assumed, seed), "gave up") for seed in range(12)])

    exact = erlang_a_given_up(210 / 3600, 180, 10, 180)
    assert exact > 0.05
    assert given_up.mean == pytest.approx(exact, abs=1.5 * given_up.half_width)


@pytest.mark.parametrize("held", [1, 3, 8])
def test_an_agent_who_is_always_full_answers_as_the_closed_form_says(held: int) -> None:
    assumed = Assumptions(
        agents=1, positions=held, arrivals_per_h=0, backlog=700, hours=20, warm_up_h=0
    )
    floors = [run(assumed, seed) for seed in range(3)]

    full = mean([
        reply for floor in floors for one in floor.chats[20:600] for reply in one.replies_s
    ])  # fmt: skip
    assert full == pytest.approx(machine_repair_reply_s(held, 30, 60), rel=0.05)


def test_answers_take_longer_the_more_an_agent_holds() -> None:
    replies = replies_beside([run(Assumptions(hours=4), seed) for seed in range(3)])

    assert list(replies) == list(range(1, 9))
    assert replies[8].mean > 2 * replies[1].mean


# --- the same routing as the console's -----------------------------------------------------------


@pytest.mark.parametrize("pick", PICKS)
def test_the_console_assigns_as_the_simulation_does(database_url: str, pick: str) -> None:
    """One trace of messages and Ends, given to the database too: every assignment is the same."""
    assumed = Assumptions(
        agents=3, positions=2, arrivals_per_h=60, hours=0.8, warm_up_h=0, pick=pick
    )
    floor = run(assumed, seed=5)
    little = LittleConsole(database_url)
    little.describe(agents=assumed.agents, positions=assumed.positions)
    little.change_service(pick=pick)
    sessions = [little.enter(f"agent{number}") for number in range(1, assumed.agents + 1)]
    begun_ms = little.clock.now
    real: dict[int, tuple[int, int]] = {}
    moves = floor.trace

    for what, at_s, number, agent, _ in moves:
        little.clock.now = begun_ms + round(at_s * 1000)
        little.stay(*sessions)
        if what == "write":
            little.deliver(little.message(person(number)))
        elif what == "end":
            little.desk.end(sessions[agent - 1].agent_id, conversation(little, number))
        for one in held(little):
            real.setdefault(one[0], one[1:])
    little.store.close()

    assert real == {
        number: (agent, slot) for what, _, number, agent, slot in moves if what == "assign"
    }
    waited = [one for one in floor.chats if one.waited_s > 0]
    assert len(waited) > 3


def person(number: int) -> str:
    return f"36000000000{number:04}"


def conversation(little: LittleConsole, number: int) -> int:
    asked = (
        "SELECT max(conversation.id) FROM conversation JOIN customer"
        f" ON customer.id = customer_id WHERE igsid = '{person(number)}'"
    )
    return int(little.scalar(asked))


def held(little: LittleConsole) -> list[tuple[int, int, int]]:
    """Customer, agent and position of every conversation that somebody has."""
    with little.store.reading() as records:
        found = [one for many in records.conversations.held().values() for one in many]
        names = {one.id: records.customers.get(one.customer_id).igsid for one in found}
    return [
        (int(names[one.id][-4:]), one.agent_id or 0, one.slot or 0)
        for one in found
    ]  # fmt: skip


# --- what is always so ---------------------------------------------------------------------------


@pytest.mark.parametrize("pick", PICKS)
@pytest.mark.parametrize("seed", range(4))
def test_no_agent_ever_holds_more_than_the_positions(pick: str, seed: int) -> None:
    assumed = Assumptions(agents=3, positions=2, arrivals_per_h=90, hours=3, pick=pick, burst=30)
    floor, held = Floor(assumed, random.Random(seed)), [0] * 4
    for what, _, _, agent, slot in floor.run().trace:
        held[agent] += {"assign": 1, "end": -1}.get(what, 0)
        assert 0 <= held[agent] <= 2
        assert slot <= 2


def test_the_queue_is_first_come_first_served() -> None:
    floor = run(QUIET.but(arrivals_per_h=60, hours=4))
    order = [number for what, _, number, _, _ in floor.trace if what == "assign"]

    assert order == sorted(order)
    assert seen(floor, "had to wait for a position") > 0


def test_a_policy_that_forgets_somebody_breaks_the_books() -> None:
    def forgetful(queue: Sequence[Queued], agents: Iterable[AgentLoad]) -> list[Assignment]:
        return [one for one in decide(queue, agents) if one.conversation_id != 3]

    with pytest.raises(BrokenFloorError, match="customers"):
        Floor(QUIET, random.Random(1), forgetful).run()


def test_the_same_seed_gives_the_same_figures() -> None:
    assert repr(study(QUIET, seed=3, runs=3)) == repr(study(QUIET, seed=3, runs=3))
    assert repr(study(QUIET, seed=4, runs=3)) != repr(study(QUIET, seed=3, runs=3))


# --- questions -----------------------------------------------------------------------------------


def test_more_customers_fit_more_agents() -> None:
    goal = Goal(in_time=0)
    three = most_arrivals(QUIET, goal, runs=4)

    assert 20 < three < 60  # three agents write 60 conversations an hour at the very most
    assert most_arrivals(QUIET.but(agents=4), goal, runs=4) > three
    assert fewest_agents(QUIET.but(arrivals_per_h=three), goal, runs=4) == 3
    assert fewest_agents(QUIET.but(arrivals_per_h=1.3 * three), goal, runs=4) > 3


def test_the_goal_of_the_first_response_is_a_goal_too() -> None:
    assert most_arrivals(QUIET, Goal(0.8, 0.95), runs=4) < most_arrivals(
        QUIET, Goal(0.8, 0), runs=4
    )


def test_a_backlog_is_served_first_and_told_when_it_is_gone() -> None:
    floor = run(QUIET.but(backlog=30, warm_up_h=0))

    assert [one.number for one in floor.chats[:30]] == list(range(1, 31))
    assert 20 < seen(floor, "backlog gone after") < 120
    assert seen(run(QUIET), "backlog gone after") == 0


def test_a_burst_makes_customers_wait() -> None:
    calm, burst = run(QUIET), run(QUIET.but(burst=25, burst_at_h=0.5))

    assert seen(burst, "customers") == pytest.approx(seen(calm, "customers") + 25, abs=25)
    assert seen(burst, "wait, longest") > seen(calm, "wait, longest")


def test_who_gives_up_before_the_goal_is_no_broken_promise() -> None:
    floor = run(QUIET.but(arrivals_per_h=300, patience_s=5, wait_goal_s=60))

    assert seen(floor, "gave up") > 0.3
    assert seen(floor, "service level") == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"agents": 0}, "agents must be at least 1, not 0"),
        ({"positions": 9}, "positions must be 1 to 8, not 9"),
        ({"exchanges": 0}, "exchanges must be at least 1"),
        ({"writing_s": 0}, "writing_s must be above 0"),
        ({"thinking_s": -1}, "thinking_s must not be negative"),
        ({"hours": float("inf")}, "hours must be above 0"),
        ({"arrivals_per_h": float("nan")}, "arrivals_per_h must not be negative"),
        ({"patience_s": 0}, "patience_s must be above 0"),
        ({"burst": -1}, "must not be negative"),
        ({"pick": "x"}, "pick must be one of least_loaded"),
    ],
)
def test_an_assumption_that_means_nothing_is_named(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(AssumptionError, match=sentence):
        Assumptions(**wrong)


# --- the command ---------------------------------------------------------------------------------

FEW = ["simulate", "--agents", "3", "--hours", "1", "--arrivals-per-h", "20", "--runs", "3"]


def test_the_command_prints_assumptions_and_figures() -> None:
    told = CliRunner().invoke(main, [*FEW, "--find"])

    assert told.exit_code == 0, told.output
    assert "  agents                      3\n" in told.output
    assert "  service level               100.0 ± 0.0 %\n" in told.output
    assert "  most customers an hour " in told.output
    assert "  agents for 120% of the arrivals " in told.output


def test_the_command_has_a_form_for_machines() -> None:
    told = json.loads(CliRunner().invoke(main, [*FEW, "--json"]).output)

    assert (told["assumed"]["agents"], told["assumed"]["seed"]) == (3, 1)
    assert told["seen"]["service level"]["mean"] == 1
    assert set(told["seen"]) == set(FIGURES)


def test_the_command_names_a_mistake() -> None:
    told = CliRunner().invoke(main, ["simulate", "--positions", "9"])

    assert told.exit_code == 2
    assert "positions must be 1 to 8, not 9" in told.output
