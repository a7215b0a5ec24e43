"""A failed reply is sent once more under its own bubble; a bad token is told and forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from system_under_test.domain.agents import Session
from system_under_test.domain.graph_errors import Fate
from system_under_test.service.desk import AlreadyEndedError
from system_under_test.service.sharing import NotYoursError
from tests.fakes.little_console import ACCOUNT, LittleConsole

ANA, BIA = "3603717463085785", "3603717463085786"


def failed(little: LittleConsole, session: Session, code: int | None = None) -> tuple[int, int]:
    """Conversation and message of a reply that Meta has refused."""
    number = little.open(ANA, session)
    little.graph.failures, little.graph.code = [Fate.PERMANENT], code
    said = little.desk.reply(session.agent_id, number, "Bom dia", None)
    little.sender.send_next()
    return number, int(said["id"])


def test_a_failed_reply_is_sent_again_under_its_bubble(little: LittleConsole) -> None:
    session = little.enter()
    number, message = failed(little, session)

    again = little.desk.send_again(session.agent_id, number, message)
    little.sender.send_next()

    shown = little.bubbles(session, number)
    assert (again["state"], again["reason"], again["tries"]) == ("sending", None, 1)
    assert [(one["state"], one["mid"]) for one in shown[1:]] == [("sent", "mid.out.1")]


def test_sending_again_twice_sends_once(little: LittleConsole) -> None:
    session = little.enter()
    number, message = failed(little, session)

    little.desk.send_again(session.agent_id, number, message)
    little.desk.send_again(session.agent_id, number, message)
    little.sender.send_next()
    after = little.desk.send_again(session.agent_id, number, message)

    assert (after["state"], after["tries"], little.graph.sent) == ("sent", 1, ["Bom dia"])
    assert little.sender.send_next() is None


def test_an_echo_of_the_first_attempt_spares_the_second(little: LittleConsole) -> None:
    session = little.enter()
    number, message = failed(little, session)
    little.desk.send_again(session.agent_id, number, message)

    little.deliver(little.item(ACCOUNT, ANA, {"mid": "e1", "text": "Bom dia", "is_echo": True}))
    little.sender.send_next()

    assert little.graph.sent == []
    assert little.bubbles(session, number)[-1]["state"] == "sent"


def test_only_a_reply_of_ones_own_open_conversation_is_sent_again(little: LittleConsole) -> None:
    session = little.enter()
    number, message = failed(little, session)
    other = little.open(BIA, session)
    inbound = int(little.bubbles(session, number)[0]["id"])

    with pytest.raises(NotYoursError):
        little.desk.send_again(session.agent_id, other, message)
    with pytest.raises(NotYoursError):
        little.desk.send_again(session.agent_id, number, inbound)
    little.desk.end(session.agent_id, number)
    with pytest.raises(AlreadyEndedError):
        little.desk.send_again(session.agent_id, number, message)


def channel_of(little: LittleConsole, session: Session) -> dict[str, Any]:
    found: dict[str, Any] = little.desk.state(session)["channels"][0]
    return found


def test_a_refused_token_is_told_until_a_call_succeeds(little: LittleConsole) -> None:
    session = little.enter()
    cursor = little.feed.newest()
    number, message = failed(little, session, code=190)
    flagged = channel_of(little, session)["trouble"]

    little.desk.send_again(session.agent_id, number, message)
    little.sender.send_next()

    told = [
        event.data for event in little.feed.read(session, cursor).events if event.type == "channel"
    ]
    assert flagged["reason"] == "as the test says"
    assert [one["trouble"] is None for one in told] == [False, True]
    assert channel_of(little, session)["trouble"] is None


def test_other_refusals_are_no_trouble_of_the_channel(little: LittleConsole) -> None:
    session = little.enter()

    failed(little, session, code=10)

    assert channel_of(little, session)["trouble"] is None


def test_a_flagged_channel_is_asked_again_from_time_to_time(little: LittleConsole) -> None:
    session = little.enter()
    little.subscriptions.subscribe()
    failed(little, session, code=190)

    little.subscriptions.subscribe()
    still = channel_of(little, session)["trouble"]
    little.clock.now += 30_000
    little.subscriptions.subscribe()

    assert still is not None
    assert channel_of(little, session)["trouble"] is None
    assert len(little.graph.subscribed) == 2


def test_one_bad_channel_keeps_no_other_from_being_heard(little: LittleConsole) -> None:
    little.run(
        "INSERT INTO channel (page_id, account_id, username, token, service_id)"
        " VALUES ('9', '17841400000000002', 'outra', 'EAAother', 1)"
    )
    little.graph.failures = [Fate.PERMANENT]

    pause = little.subscriptions.subscribe()

    assert little.graph.subscribed == ["9"]
    assert pause is not None
