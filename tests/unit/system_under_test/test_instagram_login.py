"""Channels of Instagram Login: host, node, secret and a token that is kept alive (§1.1, §6.2)."""

from __future__ import annotations

import json

import pytest
import responses

from system_under_test.adapters.graph_client import GraphClient
from system_under_test.domain.agents import INSTAGRAM_LOGIN, Channel
from system_under_test.domain.graph_errors import Fate
from system_under_test.domain.messages import Part
from system_under_test.service.ports import GraphFailureError
from system_under_test.service.setup import ChannelSetup, SetupError
from system_under_test.service.setup_file import read_description
from system_under_test.service.tokens import FIRST_MS, HOUR_MS
from system_under_test.settings import Settings, SettingsError
from tests.fakes.little_console import ACCOUNT, LittleConsole
from tests.fakes.wsgi_console import WsgiConsole, entry, envelope, sign

OURS, ANA = "17841400000000077", "3603717463085785"
GRAPH, INSTAGRAM = "https://graph.example/v25.0", "https://instagram.example/v25.0"
PAGE_CHANNEL = Channel(1, "1348957937919", ACCOUNT, "empresa", "EAAtoken", 1)
LOGIN_CHANNEL = Channel(2, OURS, OURS, "loja", "IGAAtoken", 1, flavour=INSTAGRAM_LOGIN)
DAY_MS = 24 * HOUR_MS


@pytest.fixture
def client() -> GraphClient:
    return GraphClient(GRAPH, "secret", 1.0, (INSTAGRAM, "instagram-secret"))


@pytest.fixture
def both(lone: LittleConsole) -> LittleConsole:
    """A console with a channel of each flavour."""
    with lone.store.administering() as book:
        book.put_channel(ChannelSetup("", OURS, "loja", "IGAAtoken", flavour=INSTAGRAM_LOGIN))
    return lone


def token_of(little: LittleConsole) -> str:
    found: str = little.scalar(f"SELECT token FROM channel WHERE account_id = '{OURS}'")
    return found


@responses.activate
@pytest.mark.parametrize(
    ("channel", "url"),
    [
        (PAGE_CHANNEL, f"{GRAPH}/{PAGE_CHANNEL.page_id}/messages"),
        (LOGIN_CHANNEL, f"{INSTAGRAM}/{OURS}/messages"),
    ],
    ids=["facebook_login", "instagram_login"],
)
def test_each_flavour_has_its_host_node_and_token(
    client: GraphClient, channel: Channel, url: str
) -> None:
    responses.post(url, json={"recipient_id": ANA, "message_id": "m1"})

    client.send_text(channel, ANA, "Olá")
    client.send_media(channel, ANA, Part("image", "https://c.example/1"))

    authorizations = [call.request.headers["Authorization"] for call in responses.calls]
    assert authorizations == [f"Bearer {channel.token}"] * 2
    assert json.loads(responses.calls[1].request.body or "")["message"] == {
        "attachment": {"type": "image", "payload": {"url": "https://c.example/1"}}
    }


@responses.activate
def test_a_token_is_exchanged_for_a_new_one(client: GraphClient) -> None:
    answer = {"access_token": "IGAAnew", "token_type": "bearer", "expires_in": 5_183_944}
    responses.get(f"{INSTAGRAM}/refresh_access_token", json=answer)

    new = client.refresh_token(LOGIN_CHANNEL)

    assert (new.token, new.life_s) == ("IGAAnew", 5_183_944)
    assert "grant_type=ig_refresh_token" in (responses.calls[0].request.url or "")


@responses.activate
@pytest.mark.parametrize("answer", [{}, {"access_token": "x"}, {"expires_in": 1}, []])
def test_an_answer_without_a_token_is_no_refresh(client: GraphClient, answer: object) -> None:
    responses.get(f"{INSTAGRAM}/refresh_access_token", json=answer)

    with pytest.raises(GraphFailureError, match="no_token"):
        client.refresh_token(LOGIN_CHANNEL)


def test_a_token_is_refreshed_after_a_day_then_at_half_its_life(both: LittleConsole) -> None:
    seen = []
    for wait_ms in (0, FIRST_MS - 1, 1, 30 * DAY_MS - 1, 1):
        both.clock.now += wait_ms
        both.tokens.refresh_next()
        seen.append(token_of(both))

    assert seen == ["IGAAtoken", "IGAAtoken", "IGAAtoken+", "IGAAtoken+", "IGAAtoken++"]
    assert both.scalar("SELECT token FROM channel WHERE flavour = 'facebook_login'") == "EAAtoken"


def test_a_refresh_that_fails_is_tried_again_and_told(both: LittleConsole) -> None:
    both.tokens.refresh_next()
    both.clock.now += FIRST_MS
    both.graph.failures, both.graph.code = [Fate.PERMANENT], 190

    both.tokens.refresh_next()
    told = both.scalar(f"SELECT trouble FROM channel WHERE account_id = '{OURS}'")
    both.clock.now += HOUR_MS
    both.tokens.refresh_next()

    assert told == "as the test says"
    assert token_of(both) == "IGAAtoken+"
    assert both.scalar("SELECT count(*) FROM channel WHERE trouble IS NOT NULL") == 0


def test_a_token_that_was_replaced_meanwhile_is_kept(both: LittleConsole) -> None:
    with both.store.writing() as records:
        channel = records.channels.by_account(OURS)
        assert channel is not None
        records.channels.renew_token(channel.id, "older", "newer", 1)

    assert token_of(both) == "IGAAtoken"


def test_both_flavours_at_once_are_heard_and_answered(both: LittleConsole) -> None:
    web = WsgiConsole(both, instagram_app_secret="instagram-secret")
    agent = web.agent()
    web.deliver(both.message(ANA, "pela Página"))
    body = envelope(entry(both.item("77", OURS, {"mid": "m.b", "text": "direto"}), account=OURS))

    delivered = web.post(body, sign(body, "instagram-secret"))
    agent.reply("77", "Olá")
    both.sender.send_next()
    agent.reply(ANA, "Bom dia")
    both.sender.send_next()

    assert delivered.status_code == 200
    assert both.graph.pages == [OURS, PAGE_CHANNEL.page_id]
    assert agent.talk("77")["channel"]["username"] == "loja"


def test_only_our_two_secrets_sign(both: LittleConsole) -> None:
    web = WsgiConsole(both, instagram_app_secret="instagram-secret")
    body = envelope(entry(both.message(ANA)))

    statuses = [
        web.post(body, sign(body, secret)).status_code
        for secret in ("app-secret", "instagram-secret", "", "another")
    ]

    assert statuses == [200, 200, 403, 403]


def test_without_a_secret_of_its_own_an_empty_one_opens_nothing(lone: LittleConsole) -> None:
    web = WsgiConsole(lone)
    body = envelope(entry(lone.message(ANA)))

    assert web.post(body, sign(body, "")).status_code == 403


def test_a_description_of_such_a_channel_names_no_page() -> None:
    table = {"account_id": OURS, "username": "loja", "token": "T", "flavour": "instagram_login"}

    channel = read_description({"channels": [table]}).channels[0]

    assert (channel.page_id, channel.flavour) == (OURS, INSTAGRAM_LOGIN)


@pytest.mark.parametrize(
    ("change", "told"),
    [({"flavour": "whatsapp"}, "facebook_login, instagram_login"), ({}, "page_id must be")],
)
def test_a_wrong_channel_is_explained(change: dict[str, str], told: str) -> None:
    table = {"account_id": OURS, "username": "loja", "token": "T", **change}

    with pytest.raises(SetupError, match=told):
        read_description({"channels": [table]})


def test_a_new_token_is_planned_anew(both: LittleConsole) -> None:
    both.tokens.refresh_next()
    with both.store.administering() as book:
        book.put_channel(ChannelSetup("", OURS, "loja", "IGAAother", flavour=INSTAGRAM_LOGIN))

    due = both.scalar(f"SELECT token_due_ms FROM channel WHERE account_id = '{OURS}'")

    assert due is None


def test_a_restart_with_the_same_file_keeps_the_refreshed_token(both: LittleConsole) -> None:
    both.tokens.refresh_next()
    both.clock.now += FIRST_MS
    both.tokens.refresh_next()
    seen = []
    for given in ("IGAAtoken", "", "IGAAother"):
        with both.store.administering() as book:
            book.put_channel(ChannelSetup("", OURS, "loja", given, flavour=INSTAGRAM_LOGIN))
        seen.append(token_of(both))

    assert seen == ["IGAAtoken+", "IGAAtoken+", "IGAAother"]


def test_the_administrators_form_keeps_the_flavour(both: LittleConsole) -> None:
    with both.store.administering() as book:
        described = " ".join(book.describe())
        flavours = [one.flavour for one in book.channels()]

    assert flavours == ["facebook_login", "instagram_login"]
    assert described.count(", Instagram Login") == 1


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsError, match="INSTAGRAM_GRAPH_URL must be a URL"):
        Settings(instagram_graph_url="graph.instagram.com")
