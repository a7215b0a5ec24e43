"""What agents leave for each other, and what they see of their own day."""

from __future__ import annotations

import pytest

from system_under_test.domain.customers import Profile
from system_under_test.domain.graph_errors import Fate
from tests.fakes.little_console import ACCOUNT, LittleConsole
from tests.fakes.wsgi_console import WsgiConsole

ANA, BIA = "3603717463085785", "3603717463085786"


@pytest.fixture
def web(little: LittleConsole) -> WsgiConsole:
    return WsgiConsole(little)


def test_a_note_is_for_colleagues_and_never_sent(little: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA))
    number = agent.number(ANA)
    cursor = agent.state()["cursor"]

    kept = agent.post(f"conversations/{number}/notes", {"text": " Cliente antigo \n"})

    note = kept.json
    assert (kept.status_code, note["text"], note["author"]) == (201, "Cliente antigo", "Agent 1")
    assert agent.get(f"conversations/{number}").json["notes"] == [note]
    told = agent.get(f"events?after={cursor}").json["events"]
    assert [(one["type"], one["data"]["note"]) for one in told] == [("note", note)]
    assert little.sender.send_next() is None
    assert little.graph.sent == []
    assert agent.get("my-day?since_ms=0").json["first_responses"] == 0


def test_a_note_goes_with_the_conversation(little: LittleConsole, web: WsgiConsole) -> None:
    giver, taker = web.agent("agent1"), web.agent("agent2", status="")
    web.deliver(little.message(ANA))
    number = giver.number(ANA)
    giver.post(f"conversations/{number}/notes", {"text": "wants an invoice"})
    taker.post("status", {"status": "operating"})

    moved = giver.post(f"conversations/{number}/transfer", {"agent": "agent2"})

    assert moved.status_code == 200
    assert taker.get(f"conversations/{number}").json["notes"][0]["text"] == "wants an invoice"


@pytest.mark.parametrize(
    ("text", "code"), [("", "note_empty"), (" \n", "note_empty"), ("x" * 2001, "note_too_long")]
)
def test_a_note_says_something(
    little: LittleConsole, web: WsgiConsole, text: str, code: str
) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA))
    number = agent.number(ANA)

    refused = agent.post(f"conversations/{number}/notes", {"text": text})

    assert (refused.status_code, refused.json["error"]) == (422, code)
    assert agent.get(f"conversations/{number}").json["notes"] == []


def test_notes_are_left_by_who_holds_the_conversation(
    little: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA))
    number = agent.number(ANA)
    path = f"conversations/{number}/notes"
    other = web.agent("agent2", status="")

    foreign = other.post(path, {"text": "mine?"})
    agent.post(f"conversations/{number}/end")
    late = agent.post(path, {"text": "late"})

    assert foreign.status_code == 404
    assert (late.status_code, late.json["error"]) == (409, "ended")


def test_a_day_counts_what_the_agent_did(little: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    begin = little.clock.now
    for customer, wait_ms in ((ANA, 10_000), (BIA, 30_000)):
        web.deliver(little.message(customer))
        little.clock.now += wait_ms
        agent.reply(customer, "Bom dia")
    agent.post(f"conversations/{agent.number(ANA)}/end")

    day = agent.get(f"my-day?since_ms={begin}").json
    later = agent.get(f"my-day?since_ms={little.clock.now + 60_000}").json

    assert day["handled"] == 1
    assert day["first_responses"] == 2
    assert 20_000 <= day["first_response_ms"] <= 20_100
    assert later["since_ms"] == little.clock.now
    assert agent.get("my-day?since_ms=yesterday").json["error"] == "bad_since"


def test_a_day_is_nobody_elses(little: LittleConsole, web: WsgiConsole) -> None:
    busy, idle = web.agent("agent1"), web.agent("agent2", status="")
    web.deliver(little.message(ANA))
    busy.reply(ANA, "Oi")
    busy.post(f"conversations/{busy.number(ANA)}/end")

    day = idle.get("my-day?since_ms=0").json

    assert (day["handled"], day["first_responses"], day["first_response_ms"]) == (0, 0, None)
    assert day["since_ms"] > 0, "a day has at most 36 hours"


def test_the_contact_tells_followers_and_when_they_came_first(
    little: LittleConsole, web: WsgiConsole
) -> None:
    little.graph.profiles[ANA] = Profile("Ana", "ana", None, followers=0)
    agent = web.agent()
    web.deliver(little.message(ANA))
    little.profiles.fetch_next()
    first = agent.get(f"conversations/{agent.number(ANA)}").json
    for _ in range(22):
        agent.post(f"conversations/{agent.number(ANA)}/end")
        little.clock.now += 1000
        web.deliver(little.message(ANA))

    last = agent.get(f"conversations/{agent.number(ANA)}").json

    assert last["customer"]["followers"] == 0
    assert first["first_seen_ms"] == first["opened_at_ms"] == last["first_seen_ms"]
    assert len(last["previous"]) == 20


def test_a_reply_stops_the_clock_of_waiting_live(little: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA))
    waiting = agent.talk(ANA)["waiting_since_ms"]
    cursor = agent.state()["cursor"]

    agent.reply(ANA, "Bom dia")

    told = [
        one["data"]["waiting_since_ms"]
        for one in agent.get(f"events?after={cursor}").json["events"]
        if one["type"] == "conversation_updated"
    ]
    assert waiting is not None
    assert told[-1] is None
    assert agent.talk(ANA)["waiting_since_ms"] is None


def test_an_answer_from_the_phone_stops_the_clock_and_counts_for_nobody(
    little: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA))
    cursor = agent.state()["cursor"]
    echo = {"mid": "from.the.phone", "text": "Já vi!", "is_echo": True}

    web.deliver(little.item(ACCOUNT, ANA, echo))

    assert agent.talk(ANA)["waiting_since_ms"] is None
    told = [
        one["data"]["waiting_since_ms"]
        for one in agent.get(f"events?after={cursor}").json["events"]
        if one["type"] == "conversation_updated"
    ]
    assert told[-1] is None
    assert agent.get("my-day?since_ms=0").json["first_responses"] == 0
    web.deliver(little.message(ANA, "Obrigada"))
    assert agent.talk(ANA)["waiting_since_ms"] is not None


def test_an_answer_from_the_phone_that_comes_late_stops_no_newer_clock(
    little: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA, "um"))
    echo = little.item(ACCOUNT, ANA, {"mid": "late", "text": "Já vi!", "is_echo": True})
    little.clock.now += 60_000
    web.deliver(little.message(ANA, "dois"))

    web.deliver(echo)

    assert agent.talk(ANA)["waiting_since_ms"] is not None


def test_a_reply_that_fails_was_no_answer(little: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA, "um"))
    first = agent.talk(ANA)["messages"][0]["at_ms"]
    agent.reply(ANA, "Bom dia")
    assert agent.talk(ANA)["waiting_since_ms"] is None
    little.graph.failures = [Fate.PERMANENT]

    little.sender.send_next()

    assert agent.talk(ANA)["waiting_since_ms"] == first
    agent.reply(ANA, "De novo")
    little.sender.send_next()
    assert agent.talk(ANA)["waiting_since_ms"] is None


def test_a_reply_that_fails_after_another_leaves_nobody_waiting(
    little: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA, "um"))
    agent.reply(ANA, "Bom dia")
    little.sender.send_next()
    agent.reply(ANA, "Mais isto")
    little.graph.failures = [Fate.PERMANENT]

    little.sender.send_next()

    assert agent.talk(ANA)["messages"][-1]["state"] == "failed"
    assert agent.talk(ANA)["waiting_since_ms"] is None


def test_a_failed_reply_that_is_sent_again_is_an_answer(
    little: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA, "um"))
    agent.reply(ANA, "Bom dia")
    little.graph.failures = [Fate.PERMANENT]
    little.sender.send_next()
    failed = agent.talk(ANA)["messages"][-1]["id"]

    again = agent.post(f"conversations/{agent.number(ANA)}/messages/{failed}/retry")
    waiting = agent.talk(ANA)["waiting_since_ms"]
    little.sender.send_next()

    assert again.status_code == 202, again.text
    assert waiting is not None
    assert agent.talk(ANA)["waiting_since_ms"] is None
