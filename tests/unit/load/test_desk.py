"""An agent answers everything once, the oldest first, and ends what is over."""

from harness.load.desk import Answer, Desk, End
from harness.load.plan import Pace, Person
from harness.simulation.history import AgentSaw, ConversationEnded, ConversationOpened

PACE = Pace(exchanges=(2, 2), idle_s=1.5)


def desk() -> Desk:
    return Desk("eva", Person(1, "eva"), PACE, {"ig-ana": "ana"})


def conversation(number: str, *messages: dict[str, object]) -> dict[str, object]:
    return {
        "id": number,
        "state": "active",
        "slot": 3,
        "customer": {"igsid": "ig-ana"},
        "messages": list(messages),
    }


def message(number: str, direction: str = "in") -> dict[str, object]:
    return {"id": number, "mid": f"mid-{number}", "direction": direction}


def test_a_new_conversation_is_recorded_with_its_messages() -> None:
    seen = desk().told("conversation_opened", conversation("c1", message("m1")), 10.0)

    assert seen == [
        ConversationOpened(at_ms=10.0, agent="eva", conversation="c1", customer="ana", slot=3),
        AgentSaw(at_ms=10.0, agent="eva", conversation="c1", message="m1", mid="mid-m1", slot=3),
    ]


def test_a_conversation_that_still_waits_is_not_the_agents() -> None:
    waiting = {**conversation("c1"), "state": "queued"}

    assert desk().told("conversation_opened", waiting, 10.0) == []


def test_a_conversation_with_somebody_unknown_has_no_customer() -> None:
    stranger = {**conversation("c1"), "customer": {"igsid": "ig-x"}}

    opened = desk().told("conversation_opened", stranger, 10.0)[0]

    assert isinstance(opened, ConversationOpened)
    assert opened.customer is None


def test_the_oldest_message_is_answered_first() -> None:
    eva = desk()
    eva.told("conversation_opened", conversation("c1"), 10.0)
    eva.told("conversation_opened", conversation("c2", message("m1")), 11.0)
    eva.told("message", {"conversation_id": "c1", "message": message("m2")}, 12.0)

    assert eva.next_job(13.0) == Answer("c2")


def test_a_message_told_twice_is_answered_once() -> None:
    eva = desk()
    eva.told("conversation_opened", conversation("c1", message("m1")), 10.0)
    eva.told("message", {"conversation_id": "c1", "message": message("m1")}, 11.0)

    eva.answered("c1", 12.0)

    assert eva.next_job(13.0) is None


def test_the_agents_own_message_needs_no_answer() -> None:
    eva = desk()
    eva.told("conversation_opened", conversation("c1"), 10.0)

    told = eva.told("message", {"conversation_id": "c1", "message": message("m1", "out")}, 11.0)

    assert told == []
    assert eva.next_job(12.0) is None


def test_end_is_pressed_after_enough_answers() -> None:
    eva = desk()
    eva.told("conversation_opened", conversation("c1", message("m1"), message("m2")), 10.0)

    eva.answered("c1", 11.0)
    eva.answered("c1", 12.0)

    assert eva.next_job(13.0) == End("c1")


def test_end_is_pressed_after_silence() -> None:
    eva = desk()
    eva.told("conversation_opened", conversation("c1", message("m1")), 0.0)
    eva.answered("c1", 100.0)

    assert (eva.next_job(1500.0), eva.next_job(1600.0)) == (None, End("c1"))


def test_an_ended_conversation_leaves_no_work() -> None:
    eva = desk()
    eva.told("conversation_opened", conversation("c1", message("m1")), 0.0)

    told = eva.told("conversation_ended", {"id": "c1"}, 1.0)

    assert told == [ConversationEnded(at_ms=1.0, agent="eva", conversation="c1")]
    assert eva.next_job(9999.0) is None


def test_the_queue_is_known() -> None:
    eva = desk()

    eva.told("queue", {"length": 7}, 1.0)

    assert eva.queue_length == 7
