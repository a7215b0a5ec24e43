"""Two stores on one PostgreSQL: they wake each other, and neither does the other's work again."""

from __future__ import annotations

import pytest

from system_under_test.service.gatekeeper import TooManyAttemptsError
from system_under_test.service.replies import OUTBOX
from system_under_test.service.signin import SignInRefusedError
from tests.fakes.little_console import ACCOUNT, LittleConsole

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def test_a_commit_wakes_the_other_process(little: LittleConsole, database_url: str) -> None:
    other = LittleConsole(database_url)
    listener = other.bell.listen([OUTBOX])
    other.store.follow_others()

    woken = []
    for _ in range(20):  # the other may still be about to listen
        with little.store.writing() as records:
            records.wake(OUTBOX)
        woken.append(listener.wait(0.25))
        if woken[-1]:
            break
    other.bell.stop()
    other.store.close()

    assert woken[-1]


def test_a_delivery_is_processed_by_one_of_two(little: LittleConsole, database_url: str) -> None:
    other = LittleConsole(database_url)
    little.store_delivery(little.message("7001"))
    with other.store.reading() as records:
        batch = records.deliveries.pending(9)
    little.inbox.process()

    other.inbox._process(batch)
    other.store.close()

    assert little.scalar("SELECT count(*) FROM event") == 1


def test_a_nul_character_stops_nobody(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open("7001", session)

    little.deliver(little.message("7001", "a\0b"))

    assert little.bubbles(session, number)[-1]["text"] == "a\ufffdb"


def test_wrong_passwords_are_counted_by_all_processes_together(
    little: LittleConsole, database_url: str
) -> None:
    other = LittleConsole(database_url)
    for console in (little, other, little, other, little):
        with pytest.raises(SignInRefusedError):
            console.sign_in.sign_in("agent1", "wrong", "here")

    with pytest.raises(TooManyAttemptsError):
        other.sign_in.sign_in("agent1", "pw", "here")
    other.store.close()


def test_a_reply_is_its_senders_for_thirty_seconds_then_nobody_sends_it_again(
    little: LittleConsole, database_url: str
) -> None:
    other = LittleConsole(database_url)
    session = little.enter()
    number = little.open("7001", session)
    little.desk.reply(session.agent_id, number, "once", "key")
    assert little.sender._claim(little.clock.now) is not None  # and then its process is killed

    states = []
    for passed_s in (29, 1, 10):
        other.clock.now = little.clock.now = little.clock.now + passed_s * 1000
        other.sender.send_next()
        states.append(little.scalar("SELECT state FROM outbox"))
    bubble = little.bubbles(session, number)[-1]
    other.store.close()

    assert states == ["sending", "unconfirmed", "lost"]
    assert other.graph.sent == []
    assert (bubble["state"], bool(bubble["reason"])) == ("failed", True)


def test_the_echo_of_a_reply_settles_it_after_its_sender_was_killed(
    little: LittleConsole, database_url: str
) -> None:
    other = LittleConsole(database_url)
    session = little.enter()
    number = little.open("7001", session)
    little.desk.reply(session.agent_id, number, "once", "key")
    little.sender._claim(little.clock.now)
    other.clock.now = little.clock.now + 45_000
    other.sender.send_next()

    other.deliver(other.item(ACCOUNT, "7001", {"mid": "m.1", "text": "once", "is_echo": True}))
    other.store.close()

    assert [one["state"] for one in little.bubbles(session, number)] == ["received", "sent"]
