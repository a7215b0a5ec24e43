"""Replies reach Meta once, in order, or say why not."""

from __future__ import annotations

import pytest

from system_under_test.domain.graph_errors import MOST_ATTEMPTS, Fate
from system_under_test.service.desk import KeyReusedError
from system_under_test.service.outbox import ECHO_WAIT_MS
from tests.fakes.little_console import ACCOUNT, LittleConsole

ANA, BIA = "3603717463085785", "3603717463085786"


def drain(little: LittleConsole) -> None:
    """Send until nothing is due, moving the clock to what falls due."""
    for _ in range(30):
        pause = little.sender.send_next()
        if pause is None:
            return
        little.clock.now += pause
    raise AssertionError("the outbox never comes to rest")


def test_a_reply_takes_metas_id(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)

    little.desk.reply(session.agent_id, number, "Bom dia", "k")
    drain(little)

    shown = little.bubbles(session, number)[-1]
    assert (shown["state"], shown["mid"], shown["author"]) == ("sent", "mid.out.1", "Agent 1")


def test_replies_of_a_thread_keep_their_order_though_one_must_wait(little: LittleConsole) -> None:
    session = little.enter()
    ana, bia = little.open(ANA, session), little.open(BIA, session)
    little.desk.reply(session.agent_id, ana, "ana 1", None)
    little.desk.reply(session.agent_id, ana, "ana 2", None)
    little.desk.reply(session.agent_id, bia, "bia 1", None)
    little.graph.failures = [Fate.RETRY]

    drain(little)

    assert little.graph.sent == ["bia 1", "ana 1", "ana 2"]


def test_a_transient_failure_is_tried_a_bounded_number_of_times(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "insisto", None)
    little.graph.failures = [Fate.RETRY] * 50

    drain(little)

    shown = little.bubbles(session, number)[-1]
    assert (shown["state"], shown["reason"]) == ("failed", "as the test says")
    assert len(little.graph.failures) == 50 - MOST_ATTEMPTS


def test_an_uncertain_send_is_never_repeated(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "talvez", None)
    little.graph.failures = [Fate.UNSURE]

    little.sender.send_next()
    little.clock.now += ECHO_WAIT_MS
    drain(little)

    shown = little.bubbles(session, number)[-1]
    assert (shown["state"], little.graph.sent) == ("failed", [])
    assert shown["reason"] == "reason.unconfirmed"


def test_an_uncertain_last_attempt_leaves_one_bubble(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "talvez", None)
    little.graph.failures = [*[Fate.RETRY] * (MOST_ATTEMPTS - 1), Fate.UNSURE]
    while little.graph.failures:
        little.clock.now += little.sender.send_next() or 0

    little.deliver(little.item(ACCOUNT, ANA, {"mid": "e", "text": "talvez", "is_echo": True}))
    drain(little)

    shown = little.bubbles(session, number)[1:]
    assert [(one["state"], one["mid"]) for one in shown] == [("sent", "e")]


def test_a_late_echo_settles_an_uncertain_send(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "talvez", None)
    little.graph.failures = [Fate.UNSURE]
    little.sender.send_next()
    little.clock.now += ECHO_WAIT_MS
    drain(little)

    little.deliver(little.item(ACCOUNT, ANA, {"mid": "e1", "text": "talvez", "is_echo": True}))

    shown = little.bubbles(session, number)[-1]
    assert (shown["state"], shown["mid"], shown["reason"]) == ("sent", "e1", None)


def test_an_echo_that_looks_different_is_merged_by_metas_id(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    echo = little.item(ACCOUNT, ANA, {"mid": "mid.out.1", "text": "outro", "is_echo": True})
    little.graph.while_sending = lambda: little.deliver(echo)

    little.desk.reply(session.agent_id, number, "Bom dia", None)
    drain(little)

    out = [one for one in little.bubbles(session, number) if one["direction"] == "out"]
    assert [(one["text"], one["mid"]) for one in out] == [("Bom dia", "mid.out.1")]


def test_after_a_restart_nothing_is_sent_twice(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "Bom dia", None)
    little.run("UPDATE outbox SET state='sending', attempts=1, due_ms=NULL")

    little.sender.recover()
    drain(little)

    assert little.graph.sent == []
    assert little.bubbles(session, number)[-1]["state"] == "failed"


def test_the_same_key_is_the_same_message(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)

    one = little.desk.reply(session.agent_id, number, "Bom dia", "k")
    two = little.desk.reply(session.agent_id, number, "Bom dia", "k")
    drain(little)

    assert one["id"] == two["id"]
    assert little.graph.sent == ["Bom dia"]


def test_a_key_is_for_one_text(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "Bom dia", "k")

    with pytest.raises(KeyReusedError):
        little.desk.reply(session.agent_id, number, "Boa noite", "k")
    again = little.desk.reply(session.agent_id, number, " Bom dia ", "k")
    drain(little)

    assert again["text"] == "Bom dia"
    assert little.graph.sent == ["Bom dia"]


def test_an_echo_goes_to_the_open_conversation_only(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.end(session.agent_id, number)

    little.deliver(little.item(ACCOUNT, ANA, {"mid": "e1", "text": "oi", "is_echo": True}))
    little.deliver(little.item(ACCOUNT, BIA, {"mid": "e2", "text": "oi", "is_echo": True}))

    assert little.desk.state(session)["conversations"] == []
    assert little.scalar("SELECT count(*) FROM conversation") == 1
