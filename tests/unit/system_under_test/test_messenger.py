"""Channels of Messenger: the Page's inbox beside Instagram's (meta-contract §3.13, §4, §5.3)."""

from __future__ import annotations

import json
from typing import Any

import pytest
import responses

from system_under_test.adapters.graph_client import GraphClient
from system_under_test.domain.agents import PAGE_INBOX, Channel
from system_under_test.domain.customers import Profile
from system_under_test.domain.medium import BY_OBJECT, INSTAGRAM, MESSENGER
from system_under_test.domain.messages import TextRefusedError, check_text
from system_under_test.service.setup import ChannelSetup, SetupError
from system_under_test.service.setup_file import read_description
from tests.fakes.little_console import ACCOUNT, PAGE, LittleConsole
from tests.fakes.wsgi_console import WsgiConsole, entry, envelope

ANA = "3603717463085785"
HEAD = {"sender": {"id": ANA}, "recipient": {"id": PAGE}, "timestamp": 1_758_300_001_000}
GRAPH = "https://graph.example/v25.0"
CHANNEL = Channel(2, PAGE, PAGE, "Empresa", "EAAtoken", 1, flavour=PAGE_INBOX)


@pytest.fixture
def both(lone: LittleConsole) -> LittleConsole:
    """A console with both inboxes of one Page."""
    with lone.store.administering() as book:
        book.put_channel(ChannelSetup(PAGE, "", "Empresa", "EAAtoken", flavour=PAGE_INBOX))
    return lone


@pytest.fixture
def web(both: LittleConsole) -> WsgiConsole:
    return WsgiConsole(both)


def told(web: WsgiConsole, item: dict[str, Any], kind: str = "page") -> None:
    """A delivery from the Page's inbox."""
    answer = web.post(envelope(entry({**HEAD, **item}, account=PAGE), kind=kind))
    assert answer.status_code == 200


def text(mid: str, words: str) -> dict[str, Any]:
    return {"message": {"mid": mid, "text": words}}


def outcomes(little: LittleConsole) -> str:
    return str(little.scalar("SELECT group_concat(note) FROM delivery WHERE state = 'quarantined'"))


def test_one_person_in_two_inboxes_is_two_customers(web: WsgiConsole) -> None:
    agent = web.agent()
    web.deliver({**HEAD, "recipient": {"id": ACCOUNT}, **text("ig", "pelo Direct")})
    told(web, text("m_1", "pelo Messenger"))

    shown = [(one["channel"]["label"], one["channel"]["name"], one["preview"])
             for one in agent.conversations()]  # fmt: skip
    assert shown == [
        ("Instagram", "@empresa", "pelo Direct"),
        ("Messenger", "Empresa", "pelo Messenger"),
    ]


def test_somebody_without_a_readable_profile_is_named_after_the_medium(web: WsgiConsole) -> None:
    agent = web.agent()
    told(web, text("m_1", "Oi"))

    assert agent.talk(ANA)["name"] == "Messenger customer ·5785"


@pytest.mark.parametrize(
    ("answers", "states"),
    [
        ({"chat_answer": "manual"}, ["offered", "offered"]),
        ({"chat_answer": "manual", "messenger_answer": "automatic"}, ["offered", "active"]),
        ({"messenger_answer": "manual"}, ["active", "offered"]),
    ],
)
def test_an_agent_answers_each_medium_in_a_way_of_its_own(
    both: LittleConsole, web: WsgiConsole, answers: dict[str, str], states: list[str]
) -> None:
    """R6."""
    both.change_agent(1, **answers)
    agent = web.agent()
    web.deliver({**HEAD, "recipient": {"id": ACCOUNT}, **text("ig", "pelo Direct")})
    told(web, text("m_1", "pelo Messenger"))

    assert [one["state"] for one in agent.conversations()] == states


@pytest.mark.parametrize(
    ("kind", "account"), [("instagram", PAGE), ("page", ACCOUNT)], ids=["instagram", "page"]
)
def test_a_delivery_of_the_other_medium_opens_nothing(
    web: WsgiConsole, kind: str, account: str
) -> None:
    agent = web.agent()
    told(web, {"recipient": {"id": account}, **text("m_1", "Oi")}, kind=kind)

    assert agent.conversations() == []
    assert f"no channel of {BY_OBJECT[kind].name} has the account" in outcomes(web.little)


def test_without_a_channel_of_messenger_a_page_opens_nothing(lone: LittleConsole) -> None:
    web = WsgiConsole(lone)
    told(web, text("m_1", "Oi"))

    assert "no channel of messenger has the account" in outcomes(lone)


def test_replies_are_seen_up_to_a_time(web: WsgiConsole) -> None:
    agent = web.agent()
    told(web, text("m_1", "Oi"))
    agent.reply(ANA, "Olá")
    web.little.sender.send_next()
    now_ms = web.little.clock.now

    told(web, {"read": {"watermark": now_ms}})

    assert [one["seen_at_ms"] is not None for one in agent.bubbles(ANA)] == [False, True]


def test_what_the_page_writes_elsewhere_is_shown(web: WsgiConsole) -> None:
    agent = web.agent()
    told(web, text("m_1", "Oi"))
    echo = {"mid": "m_2", "text": "da caixa", "is_echo": True, "app_id": 26390203743090}
    told(web, {"sender": {"id": PAGE}, "recipient": {"id": ANA}, "message": echo})

    last = agent.bubbles(ANA)[-1]
    assert (last["direction"], last["author"], last["text"]) == ("out", "Messenger", "da caixa")


def test_postbacks_and_reactions_are_shown(web: WsgiConsole) -> None:
    agent = web.agent()
    told(web, {"postback": {"mid": "m_1", "title": "Horários", "payload": "HOURS"}})
    told(web, {"reaction": {"mid": "m_1", "action": "react", "emoji": "😮", "reaction": "wow"}})

    (shown,) = agent.bubbles(ANA)
    assert (shown["text"], shown["reaction"]) == ("Horários", "😮")


@pytest.mark.parametrize("kind", ["delivery", "optin", "referral", "account_linking"])
def test_other_events_of_a_page_are_taken_and_show_nothing(web: WsgiConsole, kind: str) -> None:
    agent = web.agent()
    told(web, {kind: {"watermark": 1}})

    assert agent.conversations() == []
    assert outcomes(web.little) == "None"


@pytest.mark.parametrize(
    ("medium", "words"),
    [(INSTAGRAM, "é" * 500), (MESSENGER, "é" * 2000), (MESSENGER, "\N{WAVING HAND SIGN}" * 2000)],
    ids=["instagram", "accents", "emoji"],
)
def test_each_medium_counts_in_its_way(medium: Any, words: str) -> None:
    assert check_text(words, medium) == words
    with pytest.raises(TextRefusedError):
        check_text(f"{words}.", medium)


def test_a_text_for_messenger_may_be_longer_than_one_for_instagram(web: WsgiConsole) -> None:
    agent = web.agent()
    told(web, text("m_1", "Oi"))

    accepted = agent.reply(ANA, "é" * 2000)
    refused = agent.reply(ANA, "é" * 2001)

    assert accepted.status_code == 202
    assert refused.status_code == 422
    assert refused.json == {"error": "too_long", "characters": 2001, "limit_characters": 2000}
    assert agent.talk(ANA)["channel"]["text_limit"] == {"most": 2000, "unit": "characters"}


def test_all_inboxes_of_a_page_share_its_subscription(both: LittleConsole) -> None:
    assert both.subscriptions.subscribe() is None
    assert both.graph.subscribed == [PAGE, PAGE]
    assert set(both.graph.fields[PAGE].split(",")) == {
        "messages", "messaging_postbacks", "message_reactions", "message_reads", "message_echoes",
        "message_edits",
    }  # fmt: skip
    assert both.subscriptions.subscribe() is None
    assert both.graph.subscribed == [PAGE, PAGE]  # nothing new


def test_a_page_without_messenger_asks_for_what_instagram_needs(lone: LittleConsole) -> None:
    lone.subscriptions.subscribe()

    assert lone.graph.fields[PAGE] == ",".join(INSTAGRAM.page_fields)


@responses.activate
@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ({"name": "Ana Silva", "first_name": "Ana"}, "Ana Silva"),
        ({"first_name": "Ana", "last_name": "Silva"}, "Ana Silva"),
        ({"first_name": "Ana"}, "Ana"),
        ({}, None),
    ],
    ids=["whole", "parts", "first", "nothing"],
)
def test_a_profile_of_messenger_has_a_name_in_parts(
    answer: dict[str, str], name: str | None
) -> None:
    responses.get(f"{GRAPH}/{ANA}", json={"id": ANA, **answer})

    profile = GraphClient(GRAPH, "secret", 1.0).profile(CHANNEL, ANA)

    assert profile == Profile(name, None, None)
    asked = responses.calls[0].request.url or ""
    assert "first_name%2Clast_name" in asked
    assert "username" not in asked  # Messenger knows no such field


@responses.activate
def test_a_reply_goes_out_through_the_page() -> None:
    responses.post(f"{GRAPH}/{PAGE}/messages", json={"recipient_id": ANA, "message_id": "m_9"})

    client = GraphClient(GRAPH, "secret", 1.0, ("https://instagram.example", "other"))

    assert client.send_text(CHANNEL, ANA, "Olá") == "m_9"
    assert json.loads(responses.calls[0].request.body or "") == {
        "recipient": {"id": ANA}, "messaging_type": "RESPONSE", "message": {"text": "Olá"},
    }  # fmt: skip


def test_a_channel_of_messenger_is_described_by_its_page_alone() -> None:
    table = {"page_id": PAGE, "username": "Empresa", "token": "t", "flavour": PAGE_INBOX}

    (described,) = read_description({"channels": [table]}).channels

    assert (described.account_id, described.shown_name) == (PAGE, "Empresa")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"username": "Empresa", "flavour": PAGE_INBOX}, "page_id must be that of its Page"),
        ({"username": "empresa", "page_id": PAGE}, "account_id must be that of the account"),
        ({"username": "empresa", "flavour": "instagram_login"}, "account_id must be"),
    ],
    ids=["messenger", "facebook", "instagram"],
)
def test_a_channel_without_its_id_is_refused(table: dict[str, str], said: str) -> None:
    with pytest.raises(SetupError, match=said):
        read_description({"channels": [{"token": "t", **table}]})


def test_it_is_listed_by_its_name(both: LittleConsole) -> None:
    with both.store.administering() as book:
        listed = [line for line in book.describe() if line.startswith("channel")]

    assert listed[-1].startswith("channel Empresa, account")
    assert listed[-1].endswith(", Messenger")
