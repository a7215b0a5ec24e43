"""A bot on botly, a framework for Node: handshake, its own signature check, its answers."""

from __future__ import annotations

import pytest

from fake_meta.client import ControlClient, Entry

FORBIDDEN = 403


def answer(control: ControlClient, after: int) -> str:
    """What the bot sent since; it may have sent before its 200 to the delivery was noted."""
    [sent, *_] = control.journal.wait_for(after=after, kind="graph_call", event="send")
    assert sent.status == 200, sent.raw
    return str(sent.payload["message"]["text"])


def deliveries_of(control: ControlClient, mid: str, count: int) -> tuple[Entry, ...]:
    return control.journal.wait_for(mid=mid, kind="webhook_delivery", count=count)


def test_the_handshake_takes_the_right_token_only(botly: ControlClient) -> None:
    assert botly.webhook.verify()["verified"] is True
    assert botly.webhook.verify(verify_token="another")["verified"] is False


def test_it_hears_and_answers(botly: ControlClient) -> None:
    tester = botly.people()[0]

    begin = botly.journal.last_seq()
    botly.write(tester.username, "Há no tamanho M? 👗")
    answered = answer(botly, begin)
    middle = botly.journal.last_seq()
    botly.send_media(tester.username, "image")

    assert answered == "Ouvi: Há no tamanho M? 👗"
    assert answer(botly, middle) == "Ouvi: image"
    assert botly.texts_seen_by(tester.username)[-1] == "Ouvi: image"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Escreve a ninguém", "Recusado: 100/2534014"),
        ("Escreve demais", "Recusado: 100/-"),
    ],
)
def test_it_is_told_why_a_message_is_refused(
    botly: ControlClient, asked: str, answered: str
) -> None:
    tester, begin = botly.people()[0], botly.journal.last_seq()

    botly.write(tester.username, asked)

    refused, told = botly.journal.wait_for(after=begin, kind="graph_call", count=2)
    assert refused.status == 400
    assert told.payload["message"]["text"] == answered


def test_it_reads_who_is_writing(botly: ControlClient) -> None:
    tester, begin = botly.people()[0], botly.journal.last_seq()

    botly.write(tester.username, "Quem sou?")

    assert answer(botly, begin) == tester.name


def test_it_refuses_a_wrong_signature_and_takes_the_next_attempt(botly: ControlClient) -> None:
    tester = botly.people()[0]
    begin = botly.journal.last_seq()
    botly.faults.switch_on("wrong_signature", times=1)
    message = botly.write(tester.username, "Assinado?")

    [refused] = deliveries_of(botly, message.mid, 1)
    botly.advance(3600)
    [_, taken, *_] = deliveries_of(botly, message.mid, 2)

    assert (refused.outcome, refused.status) == ("failed", FORBIDDEN)
    assert refused.raw["faults"] == ["wrong_signature"]
    assert (taken.outcome, taken.status) == ("delivered", 200)
    assert answer(botly, begin) == "Ouvi: Assinado?"
