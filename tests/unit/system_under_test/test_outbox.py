"""Replies reach Meta once, in order, or say why not."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from system_under_test.domain.graph_errors import _TABLE, MOST_ATTEMPTS, TOO_MANY_CODES, Fate
from system_under_test.domain.windows import HUMAN_AGENT_MS, STANDARD_MS
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


def test_an_echo_after_the_end_is_history_and_opens_nothing(little: LittleConsole) -> None:
    """R15: written from the phone after End; whoever answers next sees it, nobody gets a chat."""
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.mark_read(session.agent_id, number)
    little.desk.end(session.agent_id, number)

    little.deliver(little.item(ACCOUNT, ANA, {"mid": "e1", "text": "oi", "is_echo": True}))
    little.deliver(little.item(ACCOUNT, BIA, {"mid": "e2", "text": "oi", "is_echo": True}))

    little.deliver(little.item(ACCOUNT, ANA, {"mid": "e1", "text": "oi", "is_echo": True}))

    assert little.desk.state(session)["conversations"] == []
    assert little.scalar("SELECT count(*) FROM conversation") == 1
    shown = [(one["direction"], one["text"]) for one in little.bubbles(session, number)]
    assert shown == [("in", "Oi"), ("out", "oi")]
    told = little.feed.read(session, 0).events
    assert [one.data["message"]["mid"] for one in told if one.type == "message"][-1] == "e1"


def test_the_next_agent_finds_it_in_the_history_and_it_can_be_withdrawn(
    little: LittleConsole,
) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.end(session.agent_id, number)
    little.deliver(little.item(ACCOUNT, ANA, {"mid": "e1", "text": "segredo", "is_echo": True}))

    again = little.open(ANA, session)
    previous = little.desk.conversation(session.agent_id, again)["previous"]
    before = little.bubbles(session, int(previous[0]["id"]))[-1]["text"]
    gone = {"mid": "e1", "is_deleted": True, "is_echo": True}
    little.deliver(little.item(ACCOUNT, ANA, gone))

    after = little.bubbles(session, number)[-1]
    assert (before, after["deleted"], after["text"]) == ("segredo", True, "")
    assert len(little.bubbles(session, again)) == 1


class Killed(BaseException):
    """The process is gone: nothing catches it, nothing is written after it."""


def kill() -> None:
    raise Killed


def test_a_kill_between_send_and_commit_sends_once_and_says_so(little: LittleConsole) -> None:
    """Meta has the reply and nobody wrote it down: it is not sent again, nor silently dropped."""
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "um", "k1")
    little.desk.reply(session.agent_id, number, "dois", "k2")
    little.graph.while_sending = kill
    with pytest.raises(Killed):
        little.sender.send_next()

    little.graph.while_sending = lambda: None
    little.sender.recover()
    drain(little)

    shown = [(one["text"], one["state"]) for one in little.bubbles(session, number)[1:]]
    assert little.graph.sent == ["um", "dois"]
    assert shown == [("um", "failed"), ("dois", "sent")]
    assert little.scalar("SELECT state FROM outbox WHERE key = 'k1'") == "lost"


def test_the_echo_after_such_a_kill_settles_it(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "um", "k1")
    little.graph.while_sending = kill
    with pytest.raises(Killed):
        little.sender.send_next()
    little.sender.recover()

    little.deliver(little.item(ACCOUNT, ANA, {"mid": "mid.out.1", "text": "um", "is_echo": True}))
    drain(little)
    again = little.desk.reply(session.agent_id, number, "um", "k1")

    shown = little.bubbles(session, number)[1:]
    assert [(one["state"], one["mid"]) for one in shown] == [("sent", "mid.out.1")]
    assert (again["id"], little.graph.sent) == (shown[0]["id"], ["um"])


def test_two_senders_at_once_send_each_reply_once_and_in_order(little: LittleConsole) -> None:
    session = little.enter()
    people = [f"36037174630857{number}" for number in range(10, 16)]
    numbers = [little.open(one, session) for one in people]
    texts = [f"{number} {turn}" for number in numbers for turn in range(3)]
    for text in texts:
        little.desk.reply(session.agent_id, int(text.split()[0]), text, text)
    other = LittleConsole(little.url)
    senders = [little.sender, replace(little.sender, store=other.store)]
    both_call = Barrier(2, timeout=10)
    first = [both_call.wait, both_call.wait]
    little.graph.while_sending = lambda: first and first.pop()()

    def work(which: int) -> None:
        while senders[which].send_next() == 0:
            pass

    threads = [Thread(target=work, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drain(little)
    other.store.close()

    sent = little.graph.sent
    assert little.scalar("SELECT count(*) FROM outbox WHERE state <> 'sent'") == 0
    assert sorted(sent) == sorted(texts)
    assert all([one for one in sent if one.startswith(f"{number} ")]
               == [f"{number} {turn}" for turn in range(3)] for number in numbers)  # fmt: skip


@pytest.mark.parametrize(("code", "subcode"), _TABLE)
def test_every_error_of_the_table_ends_as_its_fate_says(
    lone: LittleConsole, code: int, subcode: int | None
) -> None:
    """Transient: sent later. Perhaps sent: never again. Permanent: a dead letter, one call."""
    session = lone.enter()
    number = lone.open(ANA, session)
    fate = _TABLE[code, subcode].fate
    lone.graph.failures, lone.graph.code = [fate], code
    lone.desk.reply(session.agent_id, number, "um", None)

    drain(lone)

    states = {Fate.RETRY: "sent", Fate.UNSURE: "failed", Fate.PERMANENT: "failed"}
    assert lone.bubbles(session, number)[-1]["state"] == states[fate]
    assert lone.graph.sent == (["um"] if fate is Fate.RETRY else [])
    assert len(lone.repairs.listed()["dead_letters"]) == (fate is not Fate.RETRY)


@pytest.mark.parametrize("code", sorted(TOO_MANY_CODES))
def test_too_many_calls_pause_the_whole_channel(lone: LittleConsole, code: int) -> None:
    """613 and its like: a refused call counts as well, so the other threads wait, too."""
    session = lone.enter()
    ana, bia = lone.open(ANA, session), lone.open(BIA, session)
    lone.desk.reply(session.agent_id, ana, "ana", None)
    lone.desk.reply(session.agent_id, bia, "bia", None)
    lone.graph.failures, lone.graph.code = [Fate.RETRY], code

    lone.sender.send_next()
    pause = lone.sender.send_next()
    sent = list(lone.graph.sent)
    lone.clock.now += pause or 0
    drain(lone)

    assert (pause, sent) == (500, [])
    assert lone.graph.sent == ["ana", "bia"]


def test_other_trouble_of_one_thread_pauses_no_other(little: LittleConsole) -> None:
    session = little.enter()
    ana, bia = little.open(ANA, session), little.open(BIA, session)
    little.desk.reply(session.agent_id, ana, "ana", None)
    little.desk.reply(session.agent_id, bia, "bia", None)
    little.graph.failures, little.graph.code = [Fate.RETRY], 2

    little.sender.send_next()
    little.sender.send_next()

    assert little.graph.sent == ["bia"]


@pytest.mark.parametrize(
    ("late_ms", "tags"),
    [
        (STANDARD_MS, [None]), (STANDARD_MS + 1, ["HUMAN_AGENT"]),
        (HUMAN_AGENT_MS, ["HUMAN_AGENT"]), (HUMAN_AGENT_MS + 1, []),
    ],
)  # fmt: skip
def test_the_last_moment_of_a_window_is_still_inside(
    lone: LittleConsole, late_ms: int, tags: list[str | None]
) -> None:
    """Queued in time, sent at the edge: to the millisecond, a human with HUMAN_AGENT after 24 h."""
    session = lone.enter()
    number = lone.open(ANA, session)
    lone.desk.reply(session.agent_id, number, "um", None)
    lone.clock.now = int(lone.scalar("SELECT window_ms FROM customer")) + late_ms

    lone.sender.send_next()

    shown = lone.bubbles(session, number)[-1]
    assert lone.graph.tags == tags
    assert shown["state"] == ("sent" if tags else "failed")
