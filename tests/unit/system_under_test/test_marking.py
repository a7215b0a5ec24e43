"""Reactions, edits and seen marks: on the bubble, whatever the order, and nothing else."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from system_under_test.domain.agents import Session
from tests.fakes.little_console import ACCOUNT, LittleConsole

ANA, BIA = "3603717463085785", "3603717463085786"


def mark(little: LittleConsole, sender: str = ANA, **content: Any) -> dict[str, Any]:
    """A messaging item that says something about a message."""
    item = little.item(sender, ACCOUNT, {})
    del item["message"]
    return {**item, **content}


def love(mid: str) -> dict[str, Any]:
    return {"mid": mid, "action": "react", "reaction": "love", "emoji": "\N{HEAVY BLACK HEART}"}


def first(little: LittleConsole, session: Session) -> dict[str, Any]:
    number = int(little.desk.state(session)["conversations"][0]["id"])
    return little.bubbles(session, number)[0]


def test_a_reaction_stands_on_its_bubble_until_it_is_taken_back(little: LittleConsole) -> None:
    session = little.enter()
    little.deliver(little.message(ANA, "Oi", "m1"))

    little.deliver(mark(little, reaction=love("m1")))
    set_ = first(little, session)["reaction"]
    little.deliver(mark(little, reaction={"mid": "m1", "action": "unreact"}))

    assert (set_, first(little, session)["reaction"]) == ("\N{HEAVY BLACK HEART}", None)


def test_an_old_reaction_does_not_undo_a_newer_one(little: LittleConsole) -> None:
    session = little.enter()
    little.deliver(little.message(ANA, "Oi", "m1"))
    old, new = mark(little, reaction=love("m1")), mark(little, reaction={"mid": "m1"})

    little.deliver(new)
    little.deliver(old)

    assert first(little, session)["reaction"] is None


def test_marks_that_overtake_their_message_wait_for_it(little: LittleConsole) -> None:
    session = little.enter()
    edit = {"mid": "m1", "text": "Olá", "num_edit": 1}

    little.deliver(mark(little, reaction=love("m1")), mark(little, message_edit=edit))
    little.deliver(little.message(ANA, "Ola", "m1"))

    shown = first(little, session)
    assert (shown["text"], shown["edited"]) == ("Olá", True)
    assert shown["reaction"] == "\N{HEAVY BLACK HEART}"


def test_an_edit_changes_the_text_and_an_older_one_does_not(little: LittleConsole) -> None:
    session = little.enter()
    little.deliver(little.message(ANA, "um", "m1"))
    two = mark(little, message_edit={"mid": "m1", "text": "dois", "num_edit": 1})
    three = mark(little, message_edit={"mid": "m1", "text": "tres", "num_edit": 2})

    little.deliver(three)
    little.deliver(two)

    seen = little.desk.state(session)["conversations"][0]
    assert (first(little, session)["text"], seen["preview"], seen["unread"]) == ("tres", "tres", 1)


def test_a_ghost_edit_changes_nothing(little: LittleConsole) -> None:
    session = little.enter()
    little.deliver(little.message(ANA, "um", "m1"))

    little.deliver({"timestamp": little.clock.now, "message_edit": {"mid": "m1", "num_edit": 0}})

    assert (first(little, session)["text"], first(little, session)["edited"]) == ("um", False)
    assert little.scalar("SELECT count(*) FROM delivery WHERE state = 'quarantined'") == 0


def test_nobody_edits_or_marks_what_belongs_to_somebody_else(little: LittleConsole) -> None:
    session = little.enter()
    little.deliver(little.message(ANA, "um", "m1"))
    edit = {"mid": "m1", "text": "dois", "num_edit": 1}

    little.deliver(mark(little, BIA, message_edit=edit), mark(little, BIA, reaction=love("m1")))

    assert (first(little, session)["text"], first(little, session)["reaction"]) == ("um", None)


def test_a_strangers_early_marks_never_take_the_place_of_the_authors(
    little: LittleConsole,
) -> None:
    """Whatever the order, what Ana said of her message counts, and what Bia said does not."""
    session = little.enter()
    edit = {"mid": "m1", "text": "Olá", "num_edit": 1}
    foreign = {"mid": "m1", "text": "golpe", "num_edit": 7}
    angry = {"mid": "m1", "action": "react", "emoji": "\N{ANGRY FACE}"}

    little.deliver(mark(little, message_edit=edit), mark(little, reaction=love("m1")))
    little.deliver(mark(little, BIA, message_edit=foreign), mark(little, BIA, reaction=angry))
    little.deliver(little.message(ANA, "Ola", "m1"))

    shown = first(little, session)
    assert (shown["text"], shown["reaction"]) == ("Olá", "\N{HEAVY BLACK HEART}")
    assert little.scalar("SELECT count(*) FROM early_mark") == 0


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_marks_and_their_message_may_come_in_any_order(
    lone: LittleConsole, order: tuple[int, ...]
) -> None:
    session = lone.enter()
    items = [
        lone.message(ANA, "um", "m1"),
        mark(lone, message_edit={"mid": "m1", "text": "dois", "num_edit": 1}),
        mark(lone, reaction=love("m1")),
        mark(lone, BIA, message_edit={"mid": "m1", "text": "golpe", "num_edit": 9}),
    ]

    for place in order:
        lone.deliver(items[place])

    shown = first(lone, session)
    assert (shown["text"], shown["edited"]) == ("dois", True)
    assert shown["reaction"] == "\N{HEAVY BLACK HEART}"


def test_a_strangers_early_unsend_costs_nobody_a_mark(little: LittleConsole) -> None:
    session = little.enter()
    edit = {"mid": "m1", "text": "Olá", "num_edit": 1}
    gone = {"mid": "m1", "is_deleted": True}

    little.deliver(mark(little, message_edit=edit), little.item(BIA, ACCOUNT, gone))
    little.deliver(mark(little, reaction=love("m1")), little.message(ANA, "Ola", "m1"))

    shown = first(little, session)
    assert (shown["deleted"], shown["text"]) == (False, "Olá")
    assert shown["reaction"] == "\N{HEAVY BLACK HEART}"


def test_an_early_edit_goes_with_the_unsend_of_its_own_thread(little: LittleConsole) -> None:
    session = little.enter()
    edit = {"mid": "m1", "text": "um segredo", "num_edit": 1}

    little.deliver(mark(little, message_edit=edit))
    little.deliver(little.item(ANA, ACCOUNT, {"mid": "m1", "is_deleted": True}))
    left = little.scalar("SELECT count(*) FROM early_mark")
    little.deliver(little.message(ANA, "outro segredo", "m1"))

    shown = first(little, session)
    assert (left, shown["deleted"], shown["edited"]) == (0, True, False)
    assert "segredo" not in little.stored_bodies()


def test_an_edit_for_an_account_that_comes_later_waits_for_its_message(lone: LittleConsole) -> None:
    session = lone.enter()
    other = "17841400000000002"
    edit = mark(lone, message_edit={"mid": "m9", "text": "depois", "num_edit": 1})
    lone.deliver({**edit, "recipient": {"id": other}})
    lone.run(
        "INSERT INTO channel (page_id, account_id, username, token, service_id)"
        f" VALUES ('9', '{other}', 'outra', 'EAAother', 1)"
    )
    kept = lone.repairs.listed()["quarantine"][0]["id"]

    lone.repairs.replay(int(kept))
    lone.deliver(lone.item(ANA, other, {"mid": "m9", "text": "antes"}))

    assert (first(lone, session)["text"], first(lone, session)["edited"]) == ("depois", True)


def test_what_an_edit_said_is_erased_with_its_message(little: LittleConsole) -> None:
    session = little.enter()
    little.deliver(little.message(ANA, "um segredo", "m1"))
    little.deliver(little.message(ANA, "um segredo", "m1"))
    edit = {"mid": "m1", "text": "outro segredo", "num_edit": 1}
    little.deliver(mark(little, message_edit=edit))

    little.deliver(little.item(ANA, ACCOUNT, {"mid": "m1", "is_deleted": True}))
    little.deliver(mark(little, message_edit={**edit, "num_edit": 2}))

    shown = first(little, session)
    assert (shown["deleted"], shown["text"], shown["edited"]) == (True, "", False)
    assert "segredo" not in little.stored_bodies()
    assert "segredo" not in str(little.feed.read(session, 0).events)


def test_a_withdrawn_reply_is_erased_in_the_outbox_and_its_echo_too(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "um segredo", None)
    little.sender.send_next()
    echo = {"mid": "mid.out.1", "text": "um segredo", "is_echo": True}
    little.deliver(little.item(ACCOUNT, ANA, echo))

    gone = {"mid": "mid.out.1", "is_deleted": True, "is_echo": True}
    little.deliver(little.item(ACCOUNT, ANA, gone))

    assert little.bubbles(session, number)[-1]["deleted"]
    assert little.scalar("SELECT text FROM outbox") == ""
    assert "segredo" not in little.stored_bodies()


def reply_twice(little: LittleConsole, session: Session) -> int:
    number = little.open(ANA, session)
    for text in ("um", "dois"):
        little.clock.now += 1000
        little.desk.reply(session.agent_id, number, text, None)
        little.sender.send_next()
    return number


def seen(little: LittleConsole, session: Session, number: int) -> list[bool]:
    out = [one for one in little.bubbles(session, number) if one["direction"] == "out"]
    return [one["seen_at_ms"] is not None for one in out]


def test_reading_a_message_marks_it_and_those_before_it(little: LittleConsole) -> None:
    session = little.enter()
    number = reply_twice(little, session)

    little.deliver(mark(little, read={"mid": "mid.out.1"}))
    after_one = seen(little, session, number)
    little.deliver(mark(little, read={"mid": "mid.out.2"}))

    assert (after_one, seen(little, session, number)) == ([True, False], [True, True])


def test_a_watermark_marks_what_was_sent_until_then(little: LittleConsole) -> None:
    session = little.enter()
    number = reply_twice(little, session)

    little.deliver(mark(little, read={"watermark": little.clock.now - 500}))

    assert seen(little, session, number) == [True, False]


def test_marks_open_no_conversation_and_count_for_nothing(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.mark_read(session.agent_id, number)
    little.desk.end(session.agent_id, number)

    little.deliver(
        mark(little, reaction=love("mid.in.1")),
        mark(little, read={"mid": "mid.in.1"}),
        mark(little, message_edit={"mid": "mid.in.1", "text": "x", "num_edit": 1}),
    )

    assert little.desk.state(session)["conversations"] == []
    assert little.bubbles(session, number)[0]["text"] == "x"
