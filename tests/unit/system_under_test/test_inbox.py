"""Events become conversations and messages, each exactly once."""

from __future__ import annotations

from typing import Any

from system_under_test.service.inbox import Inbox
from tests.fakes.little_console import ACCOUNT, LittleConsole

ANA, BIA = "3603717463085785", "3603717463085786"
HOUR_MS = 3_600_000


def outcomes(little: LittleConsole) -> list[str]:
    with little.store._connection("BEGIN") as connection:
        rows = connection.exec_driver_sql("SELECT outcome FROM event ORDER BY delivery_id, number")
        return [row[0] for row in rows]


def test_a_message_is_applied_once_whatever_delivery_brings_it(little: LittleConsole) -> None:
    session = little.enter()
    message = little.message(ANA)

    little.deliver(message, message)
    little.deliver(message)

    assert outcomes(little) == ["opened", "duplicate", "duplicate"]
    assert little.desk.state(session)["conversations"][0]["unread"] == 1


def test_two_accounts_may_know_the_same_id(little: LittleConsole) -> None:
    little.run(
        "INSERT INTO channel (page_id, account_id, username, token, service_id)"
        " VALUES ('9', '17841400000000002', 'outra', 'EAAother', 1)"
    )
    session = little.enter()

    little.deliver(
        little.message(ANA), little.item(ANA, "17841400000000002", {"mid": "x", "text": "y"})
    )

    seen = little.desk.state(session)["conversations"]
    assert [one["channel"]["username"] for one in seen] == ["empresa", "outra"]


def test_reads_and_reactions_open_nothing(little: LittleConsole) -> None:
    session = little.enter()
    item = little.item(ANA, ACCOUNT, {})
    del item["message"]

    little.deliver({**item, "read": {"mid": "m"}}, {**item, "reaction": {"mid": "m", "emoji": "x"}})

    assert outcomes(little) == ["remembered", "remembered"]
    assert little.desk.state(session)["conversations"] == []


def test_a_stranger_account_is_quarantined(little: LittleConsole) -> None:
    little.deliver(little.item(ANA, "17841499999999999", {"mid": "m", "text": "Oi"}))

    assert little.scalar("SELECT state FROM delivery") == "quarantined"
    assert "17841499999999999" in little.scalar("SELECT note FROM delivery")


def test_a_poison_delivery_is_quarantined_and_its_neighbours_live(little: LittleConsole) -> None:
    session = little.enter()
    table: dict[type[Any], Any] = dict(little.inbox.table)
    original = next(iter(table.values()))

    def poisoned(arrival: Any, event: Any) -> str:
        assert event.text != "poison", "cannot digest this"
        return str(original(arrival, event))

    table[next(iter(table))] = poisoned
    inbox = type(little.inbox)(little.store, little.clock, table)
    for text in ("before", "poison", "after"):
        little.store_delivery(little.message(ANA, text))
    inbox.process()

    number = int(little.desk.state(session)["conversations"][0]["id"])
    assert [one["text"] for one in little.bubbles(session, number)] == ["before", "after"]
    assert "cannot digest" in little.scalar("SELECT note FROM delivery WHERE state='quarantined'")


def test_an_unsend_erases_text_events_and_the_stored_body(little: LittleConsole) -> None:
    session = little.enter()
    cursor = little.feed.newest()
    little.deliver(little.message(ANA, "um segredo", "m1"))
    little.deliver(little.message(ANA, "outro texto", "m2"))

    little.deliver(little.item(ANA, ACCOUNT, {"mid": "m1", "is_deleted": True}))

    number = int(little.desk.state(session)["conversations"][0]["id"])
    first, second = little.bubbles(session, number)
    told = str(little.feed.read(session, cursor).events)
    assert (first["deleted"], first["text"], second["text"]) == (True, "", "outro texto")
    assert "segredo" not in told
    assert "outro texto" in told
    assert "segredo" not in little.stored_bodies()


def test_nobody_unsends_what_somebody_else_wrote(little: LittleConsole) -> None:
    session = little.enter()
    little.deliver(little.message(ANA, "meu texto", "m1"))

    little.deliver(little.item("3600000000000099", ACCOUNT, {"mid": "m1", "is_deleted": True}))
    little.deliver(little.message(ANA, "mais um", "m2"))

    number = int(little.desk.state(session)["conversations"][0]["id"])
    assert [one["text"] for one in little.bubbles(session, number)] == ["meu texto", "mais um"]
    assert "another thread" in little.scalar("SELECT outcome FROM event WHERE kind = 'Unsent'")


def test_a_delivery_of_junk_is_quarantined_as_one_event(little: LittleConsole) -> None:
    little.store_delivery(raw=b"[" + b"0," * 5000 + b"0]")
    little.inbox.process()

    assert little.scalar("SELECT count(*) FROM event") == 1
    assert little.scalar("SELECT state FROM delivery") == "quarantined"


def test_a_message_that_comes_again_after_its_unsend_stays_deleted(little: LittleConsole) -> None:
    session = little.enter()
    message = little.message(ANA, "um segredo", "m1")
    unsend = little.item(ANA, ACCOUNT, {"mid": "m1", "is_deleted": True})

    little.deliver(unsend)
    little.deliver(message)
    little.deliver(message)
    little.deliver(unsend)

    number = int(little.desk.state(session)["conversations"][0]["id"])
    assert [one["deleted"] for one in little.bubbles(session, number)] == [True]
    assert "segredo" not in little.stored_bodies()


def test_a_late_message_finds_its_place(little: LittleConsole) -> None:
    session = little.enter()
    first, second, third = (little.message(ANA, text) for text in ("1", "2", "3"))

    little.deliver(first, third, second)

    number = int(little.desk.state(session)["conversations"][0]["id"])
    assert [one["text"] for one in little.bubbles(session, number)] == ["1", "2", "3"]


def test_messages_too_late_for_a_reply_keep_their_own_order(little: LittleConsole) -> None:
    session = little.enter()
    asked, second, third, fourth = (little.message(ANA, text) for text in "1234")
    little.deliver(asked)
    number = int(little.desk.state(session)["conversations"][0]["id"])
    little.deliver(fourth)
    little.desk.reply(session.agent_id, number, "first answer", None)
    little.deliver(third)
    little.deliver(second)
    little.desk.reply(session.agent_id, number, "second answer", None)

    little.deliver(little.message(ANA, "5"))

    expected = ["1", "4", "first answer", "2", "3", "second answer", "5"]
    assert [one["text"] for one in little.bubbles(session, number)] == expected
    assert [one.text for one in little.store.audited().bubbles] == expected
    with little.store.reading() as records:
        last = records.messages.last(number)
    assert last is not None
    assert last.content.text == "5"


def test_a_clock_that_was_set_back_keeps_the_order_of_a_thread(little: LittleConsole) -> None:
    session = little.enter()
    messages = [little.message(ANA, text) for text in "1234"]
    little.deliver(messages[0])
    little.clock.now -= HOUR_MS
    little.deliver(messages[2])
    little.deliver(messages[1])
    little.clock.now += HOUR_MS

    little.deliver(messages[3])

    number = int(little.desk.state(session)["conversations"][0]["id"])
    assert [one["text"] for one in little.bubbles(session, number)] == ["1", "2", "3", "4"]


def test_a_time_far_in_the_future_keeps_no_message_at_the_end(little: LittleConsole) -> None:
    session = little.enter()
    little.deliver({**little.message(ANA, "futuro"), "timestamp": 999_999_999_999_999})
    arrived = little.clock.now
    little.clock.now += 61_000

    little.deliver(little.message(ANA, "depois"))

    number = int(little.desk.state(session)["conversations"][0]["id"])
    bubbles = little.bubbles(session, number)
    assert [one["text"] for one in bubbles] == ["futuro", "depois"]
    assert bubbles[0]["at_ms"] == arrived + 60_000


def test_the_queue_keeps_the_order_of_intake(little: LittleConsole) -> None:
    """R4."""
    little.store_delivery(little.message(BIA))
    little.store_delivery(little.message(ANA))
    little.inbox.process()

    session = little.enter()

    seen = little.desk.state(session)["conversations"]
    assert [(one["slot"], one["customer"]["igsid"]) for one in seen] == [(1, BIA), (2, ANA)]


def test_a_burst_of_deliveries_is_let_in_first_but_not_for_ever(little: LittleConsole) -> None:
    session = little.enter()
    pressed = Inbox(little.store, little.clock, little.inbox.table, lambda: True)
    little.store_delivery(little.message(ANA))

    assert pressed.process() == 5
    little.clock.now += 249
    assert pressed.process() == 5
    little.clock.now += 1
    assert pressed.process() == 0
    assert len(little.desk.state(session)["conversations"]) == 1
    assert pressed.process() == 5


def test_a_long_batch_lets_other_writers_in_between(little: LittleConsole) -> None:
    session = little.enter()
    little.store_delivery(little.message(ANA))
    little.store_delivery(little.message(BIA))
    ticking = little.clock.now_ms

    def slow() -> int:
        little.clock.now += 150
        return ticking()

    little.clock.now_ms = slow  # type: ignore[method-assign]
    little.inbox.process()
    one = len(little.desk.state(session)["conversations"])
    little.inbox.process()

    assert (one, len(little.desk.state(session)["conversations"])) == (1, 2)
