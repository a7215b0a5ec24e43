"""Every law passes on a floor that works and is seen failing on one that does not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.simulation.checkers import (
    CHECKERS,
    judge,
    messages_are_taken,
    messages_stay_in_their_thread,
    nothing_is_doubled,
    nothing_is_lost,
    slots_hold,
    threads_have_one_conversation,
    threads_keep_order,
)
from harness.simulation.evidence import Names
from harness.simulation.findings import Finding, Verdict, worst
from harness.simulation.history import (
    AgentReplied,
    AgentSaw,
    ConversationEnded,
    ConversationOpened,
    ConversationRead,
    CustomerSent,
    EndPressed,
    History,
    JournalGap,
    Observed,
    Routed,
    RunClosed,
    RunStarted,
    SlotsSeen,
    ThreadRead,
    WebhookAnswered,
    WebhookWithheld,
)
from harness.simulation.queue_order import queue_is_fair
from harness.simulation.replies import replies_arrive_once
from tests.fakes.little_floor import LittleFloor

CUSTOMERS = ["ana", "bia", "caio"]


def good() -> History:
    """Three customers, one agent with two positions: one has to wait."""
    return LittleFloor(CUSTOMERS, ["eva"], 2).play({"ana": 2, "bia": 2, "caio": 2})


def without(history: History, *kinds: type[Observed], mid: str | None = None) -> History:
    """The history less those events, of one mid only if one is given."""
    return History(
        event
        for event in history.events
        if not isinstance(event, kinds) or (mid is not None and getattr(event, "mid", None) != mid)
    )


def also(history: History, *events: Observed) -> History:
    """The history with those events before its end."""
    return History([*history.events[:-1], *events, history.events[-1]])


def changed(history: History, kind: type[Observed], /, **update: object) -> History:
    """The history whose first event of that kind says something else."""
    first = history.of(kind)[0]
    return History(
        event.model_copy(update=update) if event is first else event for event in history.events
    )


def said(finding: Finding) -> str:
    return " | ".join(violation.what for violation in finding.violations)


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_a_floor_that_works_passes(checker) -> None:
    finding = checker(good())

    assert (finding.verdict, finding.violations) == (Verdict.PASSED, ())
    assert finding.examined > 0


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_no_evidence_is_unknown(checker) -> None:
    finding = checker(History([good().events[0], good().events[-1]]))

    assert finding.verdict is Verdict.UNKNOWN
    assert "nothing was observed" in finding.notes[0]


@settings(max_examples=60, deadline=None)
@given(
    turns=st.lists(st.integers(1, 4), min_size=1, max_size=14),
    agents=st.integers(1, 3),
    positions=st.integers(1, 8),
)
def test_every_floor_that_works_passes(turns, agents, positions) -> None:
    names = [f"k{number}" for number in range(len(turns))]
    staff = [f"a{number}" for number in range(agents)]

    history = LittleFloor(names, staff, positions).play(dict(zip(names, turns, strict=True)))

    assert worst(judge(history)) is Verdict.PASSED


@settings(max_examples=60, deadline=None)
@given(turns=st.lists(st.integers(1, 4), min_size=1, max_size=10), data=st.data())
def test_any_message_that_vanishes_is_reported(turns, data) -> None:
    names = [f"k{number}" for number in range(len(turns))]
    history = LittleFloor(names, ["eva"], 2).play(dict(zip(names, turns, strict=True)))
    victim = data.draw(st.sampled_from([event.mid for event in history.of(CustomerSent)]))

    finding = nothing_is_lost(without(history, AgentSaw, mid=victim))

    assert finding.verdict is Verdict.FAILED
    assert Names(history).of(victim) in said(finding)


@settings(max_examples=60, deadline=None)
@given(waiting=st.integers(2, 12), data=st.data())
def test_any_order_but_the_queues_is_reported(waiting, data) -> None:
    names = [f"c{number}" for number in range(waiting)]
    served = data.draw(st.permutations(names).filter(lambda order: order != names))
    queued = [routed(number, "queued", name) for number, name in enumerate(names)]
    assigned = [routed(100 + number, "assigned", name) for number, name in enumerate(served)]

    assert queue_is_fair(History([*queued, *assigned])).verdict is Verdict.FAILED


def test_a_message_that_is_never_answered_200_is_reported() -> None:
    finding = messages_are_taken(changed(good(), WebhookAnswered, status=500))

    assert finding.verdict is Verdict.FAILED
    assert "message 1 of ana was never answered 200" in said(finding)
    assert isinstance(finding.violations[0].context[0], CustomerSent)


def test_a_message_answered_200_at_the_second_attempt_is_taken() -> None:
    again = good().of(WebhookAnswered)[0].model_copy(update={"attempt": 2, "at_ms": 9e5})

    finding = messages_are_taken(also(changed(good(), WebhookAnswered, status=500), again))

    assert finding.verdict is Verdict.PASSED
    assert "delivered more than once: 1 message" in finding.notes


def test_a_message_without_any_delivery_is_unknown() -> None:
    first = good().of(WebhookAnswered)[0]
    history = History(event for event in good().events if event != first)

    finding = messages_are_taken(
        also(history, WebhookWithheld(at_ms=20.0, mids=("ana-1",), reason="no role"))
    )

    assert finding.verdict is Verdict.UNKNOWN
    assert "1 withheld on purpose" in finding.notes[0]


def test_a_gap_in_the_journal_is_unknown() -> None:
    finding = messages_are_taken(also(good(), JournalGap(at_ms=20.0, missing=7)))

    assert finding.verdict is Verdict.UNKNOWN


def test_an_acknowledged_message_that_nobody_saw_is_lost() -> None:
    finding = nothing_is_lost(without(good(), AgentSaw, mid="bia-2"))

    assert finding.verdict is Verdict.FAILED
    assert finding.violated == 1
    assert "message 2 of bia was acknowledged and no agent ever saw it" in said(finding)


def test_a_message_unseen_when_the_run_was_cut_short_is_unknown() -> None:
    history = without(good(), AgentSaw, mid="bia-2")

    finding = nothing_is_lost(
        changed(history, RunClosed, drained=False, queue_length=1, reason="1 customer waits")
    )

    assert finding.verdict is Verdict.UNKNOWN
    assert "1 customer waits" in finding.notes[0]


def test_a_message_seen_by_two_agents_is_doubled() -> None:
    seen = good().of(AgentSaw)[0].model_copy(update={"agent": "zoe", "conversation": "c9"})

    finding = nothing_is_doubled(also(good(), seen))

    assert finding.verdict is Verdict.FAILED
    assert "message 1 of ana appeared 2 times" in said(finding)


def test_a_message_kept_twice_is_doubled() -> None:
    finding = nothing_is_doubled(
        changed(good(), ConversationRead, mids=("ana-1", "ana-1", "ana-2"))
    )

    assert finding.verdict is Verdict.FAILED
    assert "keeps message 1 of ana 2 times" in said(finding)


def test_a_message_kept_in_two_conversations_is_doubled() -> None:
    elsewhere = good().of(ConversationRead)[0].model_copy(update={"conversation": "c9"})

    finding = nothing_is_doubled(also(good(), elsewhere))

    assert "is kept in several conversations" in said(finding)


def test_an_announcement_repeated_for_the_same_message_is_no_double() -> None:
    finding = nothing_is_doubled(also(good(), good().of(AgentSaw)[0]))

    assert finding.verdict is Verdict.PASSED


def test_messages_seen_in_another_order_than_delivered_are_reported() -> None:
    first, second = (event for event in good().of(AgentSaw) if event.mid in ("ana-1", "ana-2"))
    swapped = {str(first): second, str(second): first}
    events = [swapped.get(str(event), event) for event in good().events]

    finding = threads_keep_order(History(events))

    assert finding.verdict is Verdict.FAILED
    assert "showed message 2 of ana before message 1 of ana" in said(finding)


def test_a_message_in_somebody_elses_conversation_is_reported() -> None:
    finding = messages_stay_in_their_thread(changed(good(), AgentSaw, conversation="c2"))

    assert finding.verdict is Verdict.FAILED
    assert "message 1 of ana appeared in a conversation with bia" in said(finding)


def opened(number: int, slot: int | None = None) -> ConversationOpened:
    return ConversationOpened(
        at_ms=float(number),
        agent="eva",
        conversation=f"c{number}",
        customer=f"k{number}",
        slot=number if slot is None else slot,
    )


def started() -> RunStarted:
    return RunStarted(at_ms=0.0, customers=9, agents=1, positions=8, seed=1, target="little")


def test_eight_conversations_are_allowed() -> None:
    finding = slots_hold(History([started(), *(opened(number) for number in range(1, 9))]))

    assert finding.verdict is Verdict.PASSED
    assert "most at once: 8 of 8" in finding.notes


def test_a_ninth_conversation_is_reported() -> None:
    nine = [opened(number, slot=min(number, 8)) for number in range(1, 10)]

    finding = slots_hold(History([started(), *nine]))

    assert finding.verdict is Verdict.FAILED
    assert "eva held 9 conversations at once" in said(finding)


def test_a_ninth_conversation_after_an_end_is_allowed() -> None:
    eight = [opened(number) for number in range(1, 9)]
    end = EndPressed(at_ms=8.5, agent="eva", conversation="c1", status=200, duration_ms=1.0)

    finding = slots_hold(History([started(), *eight, end, opened(9, slot=1)]))

    assert finding.verdict is Verdict.PASSED


def test_two_conversations_in_one_position_are_reported() -> None:
    finding = slots_hold(History([started(), opened(1, slot=3), opened(2, slot=3)]))

    assert "position 3 of eva held 2 conversations" in said(finding)


def test_a_snapshot_with_a_ninth_position_is_reported() -> None:
    snapshot = SlotsSeen(at_ms=2.0, agent="eva", slots=((9, "c9"),), queue_length=0)

    finding = slots_hold(History([started(), opened(1), snapshot]))

    assert "eva used positions [9] of 8" in said(finding)


def test_a_snapshot_with_a_conversation_twice_is_reported() -> None:
    snapshot = SlotsSeen(at_ms=2.0, agent="eva", slots=((1, "c1"), (2, "c1")), queue_length=0)

    finding = slots_hold(History([started(), opened(1), snapshot]))

    assert "has a position or conversation twice" in said(finding)


def test_two_open_conversations_of_one_customer_are_reported() -> None:
    second = opened(2).model_copy(update={"customer": "k1", "agent": "zoe"})

    finding = threads_have_one_conversation(History([started(), opened(1), second]))

    assert finding.verdict is Verdict.FAILED
    assert "k1 had conversations c1 and c2 open at the same time" in said(finding)


def test_a_second_conversation_after_the_end_is_allowed() -> None:
    end = ConversationEnded(at_ms=1.5, agent="eva", conversation="c1")
    second = opened(2).model_copy(update={"customer": "k1"})

    finding = threads_have_one_conversation(History([started(), opened(1), end, second]))

    assert finding.verdict is Verdict.PASSED
    assert "came back and got a new conversation: 1 customer" in finding.notes


def routed(seq: int, decision: str, conversation: str) -> Routed:
    line = {"at_ms": float(seq), "seq": seq, "decision": decision, "conversation": conversation}
    return Routed.model_validate({**line, "agent": None, "slot": None, "reason": ""})


def test_a_queue_jump_is_reported() -> None:
    log = [routed(1, "queued", "c1"), routed(2, "queued", "c2"), routed(3, "assigned", "c2")]

    finding = queue_is_fair(History(log))

    assert finding.verdict is Verdict.FAILED
    assert "c2 was assigned while c1 had been waiting longer" in said(finding)


def test_a_newcomer_assigned_past_the_queue_is_reported() -> None:
    finding = queue_is_fair(History([routed(1, "queued", "c1"), routed(2, "assigned", "c2")]))

    assert "c2 was assigned while c1 had been waiting longer" in said(finding)


def test_a_customer_who_left_the_queue_is_overtaken_by_nobody() -> None:
    log = [routed(1, "queued", "c1"), routed(2, "released", "c1"), routed(3, "assigned", "c2")]

    assert queue_is_fair(History(log)).verdict is Verdict.PASSED


def test_queues_of_different_services_do_not_meet() -> None:
    sales = routed(1, "queued", "c1").model_copy(update={"service": "Sales"})

    assert queue_is_fair(History([sales, routed(2, "assigned", "c2")])).verdict is Verdict.PASSED


def test_a_conversation_that_the_routing_log_does_not_know_is_unknown() -> None:
    finding = queue_is_fair(also(good(), opened(77)))

    assert finding.verdict is Verdict.UNKNOWN
    assert "not in the routing log: 1 conversation, first c77" in finding.notes[0]


def test_a_routing_log_that_contradicts_the_stream_is_reported() -> None:
    finding = queue_is_fair(changed(good(), ConversationOpened, slot=2))

    assert "the routing log says" in said(finding)


def test_an_answer_that_never_arrived_is_reported() -> None:
    finding = replies_arrive_once(changed(good(), ThreadRead, replies=(("R-ana-1", 1.0),)))

    assert finding.verdict is Verdict.FAILED
    assert "answer R-ana-2 never reached ana" in said(finding)


def test_an_answer_that_may_only_be_late_is_unknown() -> None:
    cut_short = changed(good(), RunClosed, drained=False, reason="1 answers under way")

    finding = replies_arrive_once(changed(cut_short, ThreadRead, replies=(("R-ana-1", 1.0),)))

    assert finding.verdict is Verdict.UNKNOWN
    assert "not yet arrived at the end: 1 answer, first R-ana-2" in finding.notes


def test_an_answer_that_arrived_twice_is_reported() -> None:
    twice = (("R-ana-1", 1.0), ("R-ana-1", 2.0), ("R-ana-2", 3.0))

    finding = replies_arrive_once(changed(good(), ThreadRead, replies=twice))

    assert "answer R-ana-1 reached ana 2 times" in said(finding)


def test_an_answer_that_reached_somebody_else_is_reported() -> None:
    read = (
        good()
        .of(ThreadRead)[1]
        .model_copy(update={"customer": "dora", "replies": (("R-ana-1", 1.0),)})
    )

    finding = replies_arrive_once(also(good(), read))

    assert "answer R-ana-1 for ana reached dora" in said(finding)


def test_an_answer_that_the_console_refused_is_expected_nowhere() -> None:
    refused = good().of(AgentReplied)[0].model_copy(update={"reply": "R-x", "status": 409})

    finding = replies_arrive_once(also(good(), refused))

    assert finding.verdict is Verdict.PASSED
    assert "refused by the console: 1 answer" in finding.notes


def test_an_unread_thread_is_unknown() -> None:
    finding = replies_arrive_once(without(good(), ThreadRead))

    assert finding.verdict is Verdict.UNKNOWN


def test_a_message_that_nobody_is_known_to_have_sent_is_named_by_its_mid() -> None:
    assert Names(History([])).of("aWdfZAG1faXRlbTo-the-end") == "message …lbTo-the-end"


def test_one_failure_outweighs_what_is_unknown() -> None:
    findings = judge(without(good(), AgentSaw, mid="bia-2"))

    assert worst(findings) is Verdict.FAILED


def test_no_laws_at_all_are_unknown() -> None:
    assert worst([]) is Verdict.UNKNOWN


def test_violations_are_counted_and_the_first_are_kept() -> None:
    finding = nothing_is_lost(without(good(), AgentSaw))

    assert (finding.violated, len(finding.violations)) == (6, 5)
    assert json.loads(finding.violations[0].context[0].model_dump_json())["mid"] == "ana-1"
