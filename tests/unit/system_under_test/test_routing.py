"""The routing policy, by example and by property."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from system_under_test.domain.routing import (
    LONGEST_IDLE,
    ROUND_ROBIN,
    AgentLoad,
    Assignment,
    Queued,
    decide,
)

SERVICE = 1
ALL = tuple(range(1, 9))


def agent(
    number: int, active: int = 0, last: int = 0, services: tuple[int, ...] = (SERVICE,)
) -> AgentLoad:
    return AgentLoad(number, frozenset(services), active, ALL[active:], last)


def waiting(*numbers: int, service: int = SERVICE) -> list[Queued]:
    return [Queued(number, service, seq=number) for number in numbers]


def chosen(assignments: list[Assignment]) -> list[tuple[int, int, int]]:
    return [(one.conversation_id, one.agent_id, one.slot) for one in assignments]


def test_the_agent_with_the_fewest_conversations_wins() -> None:
    """R2."""
    assignments = decide(waiting(1), [agent(1, active=2), agent(2, active=1), agent(3, active=3)])

    assert chosen(assignments) == [(1, 2, 2)]
    assert assignments[0].reason == "fewest_active"
    assert assignments[0].eligible == (1, 2, 3)


def test_among_equals_the_longest_without_assignment_wins() -> None:
    """R2."""
    assignments = decide(waiting(1), [agent(1, last=9), agent(2, last=4)])

    assert (assignments[0].agent_id, assignments[0].reason) == (2, "longest_since_assignment")


def test_among_the_very_same_the_lowest_id_wins() -> None:
    """R2."""
    assignments = decide(waiting(1), [agent(2), agent(1)])

    assert (assignments[0].agent_id, assignments[0].reason) == (1, "lowest_id")


def test_an_assignment_of_this_run_counts_as_the_latest() -> None:
    assignments = decide(waiting(1, 2, 3), [agent(1, last=1), agent(2, last=5)])

    assert [one.agent_id for one in assignments] == [1, 2, 1]


def test_the_lowest_free_position_is_taken() -> None:
    """R3."""
    holes = AgentLoad(1, frozenset({SERVICE}), active=6, free_slots=(7, 3))

    assert [one.slot for one in decide(waiting(1, 2, 3), [holes])] == [3, 7]


def test_a_service_without_agents_does_not_hold_up_another() -> None:
    queue = [*waiting(1, service=2), *waiting(2)]

    assert chosen(decide(queue, [agent(1)])) == [(2, 1, 1)]


def test_nobody_there_means_nothing_happens() -> None:
    assert decide(waiting(1, 2), []) == []


def test_a_higher_priority_goes_first_and_then_who_came_first() -> None:
    queue = [Queued(1, SERVICE, 1), Queued(2, SERVICE, 2, priority=5), Queued(3, SERVICE, 3)]

    assert [one.conversation_id for one in decide(queue, [agent(1)])] == [2, 1, 3]


def test_what_is_meant_for_one_agent_waits_for_that_agent() -> None:
    queue = [Queued(1, SERVICE, 1, only_agent=2), Queued(2, SERVICE, 2)]

    assert chosen(decide(queue, [agent(1)])) == [(2, 1, 1)]
    assert decide(queue[:1], [agent(1), agent(2, active=5)])[0].agent_id == 2


def test_who_let_it_pass_gets_it_last() -> None:
    """R6."""
    passed = Queued(1, SERVICE, 1, refused=frozenset({1}))

    assert decide([passed], [agent(1), agent(2, active=7)])[0].agent_id == 2
    assert decide([passed], [agent(1)])[0].agent_id == 1


def test_the_last_agent_is_preferred_only_when_free() -> None:
    """R10."""
    again = Queued(1, SERVICE, 1, last_agent=2)

    assert decide([again], [agent(1), agent(2, active=7)])[0].reason == "last_agent"
    assert decide([again], [agent(1)])[0].agent_id == 1


def test_the_longest_idle_wins_where_the_service_wants_it() -> None:
    queue = [Queued(1, SERVICE, 1, pick=LONGEST_IDLE)]
    idle = AgentLoad(1, frozenset({SERVICE}), 5, ALL[5:], last_assigned=9, idle_since_ms=100)
    busy = AgentLoad(2, frozenset({SERVICE}), 0, ALL, last_assigned=1, idle_since_ms=200)

    assignment = decide(queue, [idle, busy])[0]

    assert (assignment.agent_id, assignment.reason) == (1, "longest_idle")


def test_round_robin_takes_turns_whatever_the_load() -> None:
    queue = [Queued(number, SERVICE, number, pick=ROUND_ROBIN) for number in (1, 2, 3, 4)]

    assignments = decide(queue, [agent(1, active=4, last=1), agent(2, last=2)])

    assert [one.agent_id for one in assignments] == [1, 2, 1, 2]
    assert assignments[0].reason == "longest_since_assignment"


def test_an_agent_with_manual_answer_is_offered_it() -> None:
    by_hand = AgentLoad(1, frozenset({SERVICE}), 0, ALL, manual=frozenset({"instagram"}))

    assert decide(waiting(1), [by_hand])[0].offered
    assert not decide(waiting(1), [agent(1)])[0].offered


floors = st.lists(
    st.builds(
        lambda taken, last, services: (taken, last, services),
        st.sets(st.sampled_from(ALL)),
        st.integers(0, 50),
        st.sets(st.integers(1, 3), min_size=1),
    ),
    max_size=5,
)
queues = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 10_000)), max_size=60, unique_by=lambda one: one[1]
)


def build(floor: list[tuple[set[int], int, set[int]]]) -> list[AgentLoad]:
    return [
        AgentLoad(
            agent_id=number,
            services=frozenset(services),
            active=len(taken),
            free_slots=tuple(slot for slot in ALL if slot not in taken),
            last_assigned=last,
        )
        for number, (taken, last, services) in enumerate(floor, start=1)
    ]


@given(floors, queues)
def test_nobody_ever_has_a_ninth_conversation(
    floor: list[tuple[set[int], int, set[int]]], queue: list[tuple[int, int]]
) -> None:
    """R7."""
    agents = build(floor)
    entries = [Queued(number, service, seq) for number, (service, seq) in enumerate(queue)]

    assignments = decide(entries, agents)

    load = Counter({one.agent_id: one.active for one in agents})
    load.update(one.agent_id for one in assignments)
    seats = [(one.agent_id, one.slot) for one in assignments]
    free = {(one.agent_id, slot) for one in agents for slot in one.free_slots}
    assert max(load.values(), default=0) <= 8
    assert len(set(seats)) == len(seats)
    assert set(seats) <= free


@given(floors, queues)
def test_no_later_arrival_of_a_service_overtakes(
    floor: list[tuple[set[int], int, set[int]]], queue: list[tuple[int, int]]
) -> None:
    """R4, R5."""
    entries = [Queued(number, service, seq) for number, (service, seq) in enumerate(queue)]

    seated = {one.conversation_id for one in decide(entries, build(floor))}

    left = [one for one in entries if one.conversation_id not in seated]
    taken = [one for one in entries if one.conversation_id in seated]
    assert not [
        (early, late)
        for early in left
        for late in taken
        if early.service_id == late.service_id and early.seq < late.seq
    ]


@given(floors, queues)
def test_nobody_waits_while_an_agent_of_the_service_is_free(
    floor: list[tuple[set[int], int, set[int]]], queue: list[tuple[int, int]]
) -> None:
    """R5."""
    agents = build(floor)
    entries = [Queued(number, service, seq) for number, (service, seq) in enumerate(queue)]

    assignments = decide(entries, agents)

    used = Counter(one.agent_id for one in assignments)
    free = {one.agent_id for one in agents if len(one.free_slots) > used[one.agent_id]}
    served = {service for one in agents if one.agent_id in free for service in one.services}
    seated = {one.conversation_id for one in assignments}
    waiting_services = {one.service_id for one in entries if one.conversation_id not in seated}
    assert not served & waiting_services
