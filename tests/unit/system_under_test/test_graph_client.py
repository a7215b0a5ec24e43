"""The Graph client against recorded kinds of answers."""

from __future__ import annotations

import json

import pytest
import requests
import responses

from system_under_test.adapters.graph_client import GraphClient
from system_under_test.domain.agents import Channel
from system_under_test.domain.customers import Profile
from system_under_test.domain.graph_errors import Fate
from system_under_test.service.ports import GraphFailureError

BASE = "https://graph.example/v25.0"
CHANNEL = Channel(1, "1348957937919", "17841400000000001", "empresa", "EAAtoken", 1)
IGSID = "3603717463085785"
SEND = f"{BASE}/1348957937919/messages"


@pytest.fixture
def client() -> GraphClient:
    return GraphClient(BASE, "secret", profile_timeout_s=1.0)


def error(code: int, subcode: int | None = None) -> dict[str, object]:
    return {"error": {"message": "não", "code": code, "error_subcode": subcode}}


@responses.activate
def test_a_text_is_sent_with_token_and_proof(client: GraphClient) -> None:
    responses.post(SEND, json={"recipient_id": IGSID, "message_id": "aWdf1"})

    mid = client.send_text(CHANNEL, IGSID, "Bom dia")

    request = responses.calls[0].request
    assert mid == "aWdf1"
    assert json.loads(request.body or "") == {
        "recipient": {"id": IGSID},
        "messaging_type": "RESPONSE",
        "message": {"text": "Bom dia"},
    }
    assert request.headers["Authorization"] == "Bearer EAAtoken"
    assert "EAAtoken" not in (request.url or "")
    assert "appsecret_proof=" in (request.url or "")


@responses.activate
@pytest.mark.parametrize(
    ("status", "body", "fate"),
    [
        (400, error(10, 2534022), Fate.PERMANENT),
        (400, error(613, 2534040), Fate.RETRY),
        (500, error(2), Fate.RETRY),
        (400, error(1, 1357046), Fate.UNSURE),
        (500, error(1), Fate.UNSURE),
        (502, {}, Fate.UNSURE),
        (200, {"recipient_id": IGSID}, Fate.UNSURE),
        (302, {}, Fate.PERMANENT),
    ],
)
def test_a_refused_send_has_a_fate(
    client: GraphClient, status: int, body: dict[str, object], fate: Fate
) -> None:
    responses.post(SEND, json=body, status=status)

    with pytest.raises(GraphFailureError) as failure:
        client.send_text(CHANNEL, IGSID, "Oi")

    assert failure.value.fate is fate


@responses.activate
@pytest.mark.parametrize(
    ("trouble", "fate"),
    [
        (requests.ConnectTimeout("no"), Fate.RETRY),
        (requests.ReadTimeout("no"), Fate.UNSURE),
        (requests.ConnectionError("aborted"), Fate.UNSURE),
    ],
)
def test_a_send_without_answer_is_repeated_only_if_it_never_left(
    client: GraphClient, trouble: Exception, fate: Fate
) -> None:
    responses.post(SEND, body=trouble)

    with pytest.raises(GraphFailureError) as failure:
        client.send_text(CHANNEL, IGSID, "Oi")

    assert failure.value.fate is fate


def test_a_refused_connection_never_left(client: GraphClient) -> None:
    nowhere = GraphClient("http://127.0.0.1:1", "secret", profile_timeout_s=1.0)

    with pytest.raises(GraphFailureError) as failure:
        nowhere.send_text(CHANNEL, IGSID, "Oi")

    assert failure.value.fate is Fate.RETRY
    assert "appsecret_proof" not in failure.value.reason


@responses.activate
def test_a_profile(client: GraphClient) -> None:
    picture = "https://scontent.cdninstagram.com/p.jpg"
    answer = {"name": " Ana ", "username": "ana.silva", "profile_pic": picture, "id": IGSID}
    responses.get(f"{BASE}/{IGSID}", json=answer)

    assert client.profile(CHANNEL, IGSID) == Profile("Ana", "ana.silva", picture)


@responses.activate
def test_an_empty_profile_has_no_fields(client: GraphClient) -> None:
    answer = {"name": None, "username": "", "profile_pic": "data:x", "id": IGSID}
    responses.get(f"{BASE}/{IGSID}", json=answer)

    assert client.profile(CHANNEL, IGSID) == Profile(None, None, None)


@responses.activate
@pytest.mark.parametrize("code", [230, 9010, 100])
def test_a_refused_profile_is_not_asked_again_by_itself(client: GraphClient, code: int) -> None:
    responses.get(f"{BASE}/{IGSID}", json=error(code), status=400)

    with pytest.raises(GraphFailureError) as failure:
        client.profile(CHANNEL, IGSID)

    assert failure.value.fate is Fate.PERMANENT


@responses.activate
def test_a_slow_profile_is_asked_again(client: GraphClient) -> None:
    responses.get(f"{BASE}/{IGSID}", body=requests.ReadTimeout("slow"))

    with pytest.raises(GraphFailureError) as failure:
        client.profile(CHANNEL, IGSID)

    assert failure.value.fate is Fate.RETRY


@responses.activate
def test_a_page_is_subscribed(client: GraphClient) -> None:
    responses.post(f"{BASE}/1348957937919/subscribed_apps", json={"success": True})

    client.subscribe_page(CHANNEL, ("messages", "message_reactions"))

    assert "subscribed_fields=messages" in (responses.calls[0].request.url or "")
