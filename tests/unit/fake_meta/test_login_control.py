"""The control API about logins: settings, tokens, callbacks (meta-contract §6, §11)."""

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient

from fake_meta.courier import OutboundRequest, Reply
from fake_meta.domain.login import Flavour
from fake_meta.domain.signature import sign
from fake_meta.domain.signed_request import CallbackKind, Flaw, complaint
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport

DEAUTHORIZE, DELETION = "https://app.example/bye", "https://app.example/delete"
CONFIRMED = json.dumps({"url": "https://app.example/d?id=1", "confirmation_code": "1"}).encode()


def call(
    client: FlaskClient, method: str, path: str, body: Any = None
) -> tuple[int, dict[str, Any]]:
    response = client.open(f"/_control{path}", method=method, json=body or {})
    return response.status_code, response.get_json()


@pytest.fixture
def configured(client: FlaskClient, world: World) -> FlaskClient:
    settings = {"deauthorize_url": DEAUTHORIZE, "data_deletion_url": DELETION}
    call(client, "PATCH", "/login/facebook", settings)
    call(client, "PATCH", "/login/instagram", settings)
    return client


def parts_of(request: OutboundRequest) -> tuple[bytes, str, dict[str, Any]]:
    text = parse_qs(request.body.decode())["signed_request"][0]
    signature, _, payload = text.partition(".")
    said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return base64.urlsafe_b64decode(signature + "="), payload, said


def test_the_world_shows_who_logs_in(client: FlaskClient, world: World) -> None:
    login = client.get("/_control/world").get_json()["login"]

    assert login["facebook"]["client_id"] == world.app.id
    assert login["facebook"]["person"]["password"]
    assert login["instagram"]["person"]["login"] == world.account.username
    assert login["instagram"]["client_secret"] != world.app.secret


def test_redirect_addresses_are_registered_and_survive_a_reset(
    client: FlaskClient, world: World
) -> None:
    uris = ["https://app.example/done"]
    status, shown = call(client, "PATCH", "/login/facebook", {"redirect_uris": uris})

    _, after = call(client, "POST", "/reset", {"seed": 7, "keep_subscriptions": True})

    assert (status, shown["redirect_uris"]) == (200, uris)
    assert after["login"]["facebook"]["redirect_uris"] == uris
    assert after["login"]["facebook"]["client_id"] == after["app"]["id"]


def test_a_token_is_issued_listed_masked_and_killed(client: FlaskClient, world: World) -> None:
    wish = {"kind": "user", "scopes": ["instagram_basic"], "age_s": 60, "life_s": None}
    status, made = call(client, "POST", "/tokens", wish)
    killed = call(client, "POST", f"/tokens/{made['id']}/kill", {"cause": "password_changed"})[1]

    listed = client.get("/_control/tokens")

    assert (status, made["scopes"], made["expires_ms"]) == (201, ["instagram_basic"], None)
    assert (killed["alive"], killed["cause"]) == (False, "password_changed")
    assert made["access_token"] not in listed.text
    assert world.page.access_token not in listed.text


def test_a_reset_secret_signs_and_ends_the_old_tokens(
    client: FlaskClient, world: World, transport: HandTransport
) -> None:
    old, page = world.app, world.page.access_token
    new = call(client, "POST", "/login/facebook/secret")[1]["client_secret"]
    path = f"/{old.id}/subscriptions"

    dead = [client.get(path, query_string={"access_token": one}) for one in (old.token, page)]
    alive = client.get(path, query_string={"access_token": world.app.token})
    world.send_text(world.customers[0].username, "Oi")

    assert [one.get_json()["error"]["code"] for one in dead] == [190, 190]
    assert alive.status_code == 200
    request = transport.requests[-1]
    signed = sign(new, request.body)["X-Hub-Signature-256"]
    assert request.headers["X-Hub-Signature-256"] == signed


def test_a_new_password_ends_everything_that_the_person_granted(
    client: FlaskClient, world: World
) -> None:
    call(client, "POST", "/tokens", {"kind": "user"})
    call(client, "POST", "/tokens", {"kind": "ig_user"})

    ended = call(client, "POST", "/login/facebook/kill", {"cause": "password_changed"})[1]["tokens"]

    assert [(one["kind"], one["cause"]) for one in ended] == [
        ("page", "password_changed"),
        ("user", "password_changed"),
    ]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/tokens", {"kind": "robot"}, 400),
        ("POST", "/tokens", {"kind": "app"}, 409),
        ("POST", "/tokens/999/kill", {"cause": "expired"}, 404),
        ("POST", "/tokens/1/kill", {"cause": "boredom"}, 400),
        ("PATCH", "/login/myspace", {}, 400),
        ("PATCH", "/login/facebook", {"deauthorize_url": "ftp://x"}, 400),
        ("PATCH", "/login/facebook", {"redirect_uris": ["/done"]}, 400),
        ("PATCH", "/login/facebook", {"redirect_uris": ["https://a.example/\r\nX: 1"]}, 400),
        ("PATCH", "/login/facebook", {"redirect_uris": ["https://a.example/#part"]}, 400),
        ("POST", "/callbacks/deauthorize", {}, 409),
        ("POST", "/callbacks/hello", {}, 400),
        ("POST", "/callbacks/replay", {"seq": 99_999}, 404),
    ],
)
def test_nonsense_is_refused_in_one_sentence(
    client: FlaskClient, world: World, method: str, path: str, body: Any, status: int
) -> None:
    answered, said = call(client, method, path, body)

    assert answered == status
    assert said["error"]


def test_a_deletion_request_is_signed_over_its_text(
    configured: FlaskClient, world: World, transport: HandTransport
) -> None:
    transport.answers.extend([Reply(200, body=CONFIRMED), Reply(200, body=b"Deleted.")])

    _, said = call(configured, "POST", "/callbacks/data_deletion")

    request, page = transport.requests[-2:]
    signature, payload, claims = parts_of(request)
    expected = hmac.digest(world.app.secret.encode(), payload.encode(), hashlib.sha256)
    assert signature == expected
    assert claims["user_id"] == world.person(Flavour.FACEBOOK).id
    assert (request.url, page.url) == (DELETION, "https://app.example/d?id=1")
    assert [one["outcome"] for one in said["entries"]] == ["delivered", "delivered"]
    assert [one["events"] for one in said["entries"]] == [["data_deletion"], ["deletion_status"]]


@pytest.mark.parametrize("body", [b"ok", b"{}", b'{"url":"/d","confirmation_code":"1"}'])
def test_a_deletion_answer_must_confirm(
    configured: FlaskClient, transport: HandTransport, body: bytes
) -> None:
    transport.answers.append(Reply(200, body=body))

    entries = call(configured, "POST", "/callbacks/data_deletion")[1]["entries"]

    assert len(entries) == 1
    assert entries[0]["outcome"] == "failed"


@pytest.mark.parametrize("flaw", [one for one in Flaw if one is not Flaw.NONE])
def test_a_flawed_request_must_be_refused(
    configured: FlaskClient, transport: HandTransport, flaw: Flaw
) -> None:
    transport.answers.extend([Reply(200, body=CONFIRMED), Reply(400)])

    (accepted,) = call(configured, "POST", "/callbacks/data_deletion", {"flaw": flaw})[1]["entries"]
    (refused,) = call(configured, "POST", "/callbacks/data_deletion", {"flaw": flaw})[1]["entries"]

    assert (accepted["outcome"], refused["outcome"]) == ("failed", "delivered")


def test_each_flaw_is_in_the_bytes(
    configured: FlaskClient, world: World, transport: HandTransport
) -> None:
    def sent(flaw: str) -> OutboundRequest:
        call(configured, "POST", "/callbacks/deauthorize", {"flaw": flaw})
        return transport.requests[-1]

    signature, payload, _ = parts_of(sent("bad_signature"))
    right = hmac.digest(world.app.secret.encode(), payload.encode(), hashlib.sha256)
    expired = parts_of(sent("expired"))[2]

    assert signature != right
    assert expired["expires"] < world.now_ms() // 1000
    assert parts_of(sent("unknown_algorithm"))[2]["algorithm"] == "HMAC-MD5"
    assert b"." not in sent("missing_part").body
    assert "signed_request" in json.loads(sent("json_body").body)


def test_deauthorizing_removes_the_app(
    configured: FlaskClient, world: World, transport: HandTransport
) -> None:
    call(configured, "POST", "/callbacks/deauthorize")

    me = configured.get("/me", query_string={"access_token": world.page.access_token})

    assert transport.requests[-1].url == DEAUTHORIZE
    assert me.get_json()["error"]["error_subcode"] == 458
    assert world.page_fields is None


def test_a_flawed_deauthorization_removes_nothing(configured: FlaskClient, world: World) -> None:
    call(configured, "POST", "/callbacks/deauthorize", {"flaw": "bad_signature"})

    assert world.page_fields is not None


def test_instagram_signs_with_its_own_secret(
    configured: FlaskClient, world: World, transport: HandTransport
) -> None:
    call(configured, "POST", "/callbacks/deauthorize", {"flavour": "instagram"})

    signature, payload, claims = parts_of(transport.requests[-1])

    secret = world.client(Flavour.INSTAGRAM).secret
    assert signature == hmac.digest(secret.encode(), payload.encode(), hashlib.sha256)
    assert claims["user_id"] == world.person(Flavour.INSTAGRAM).id


def test_revoking_by_the_graph_api_calls_back(
    configured: FlaskClient, world: World, transport: HandTransport, journal: Journal
) -> None:
    token = call(configured, "POST", "/tokens", {"kind": "user"})[1]["access_token"]

    configured.delete("/me/permissions", query_string={"access_token": token})

    (entry,) = journal.find(Query(kind="login_callback"))
    assert entry.events == ("deauthorize",)
    assert transport.requests[-1].url == DEAUTHORIZE


def test_a_callback_is_replayed_byte_for_byte(
    configured: FlaskClient, transport: HandTransport
) -> None:
    (first,) = call(configured, "POST", "/callbacks/deauthorize")[1]["entries"]

    call(configured, "POST", "/callbacks/replay", {"seq": first["seq"]})

    before, again = transport.requests[-2:]
    assert before == again


def test_any_200_is_enough_for_a_deauthorization() -> None:
    assert complaint(CallbackKind.DEAUTHORIZE, Flaw.NONE, 200, b"") is None
    assert complaint(CallbackKind.DEAUTHORIZE, Flaw.NONE, 204, b"") is not None
