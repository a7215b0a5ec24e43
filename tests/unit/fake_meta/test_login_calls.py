"""Codes and tokens of both login flavours, and the hosts of flavour B (meta-contract §6)."""

import base64
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.app import Emulator
from fake_meta.domain.accounts import Customer
from fake_meta.domain.login import Client, Flavour
from fake_meta.domain.signature import sign
from fake_meta.domain.tokens import DAY_MS, HOUR_MS, Token, TokenKind
from fake_meta.journal import Journal, Query
from fake_meta.world import TokenWish, World
from fake_meta.world.login_state import usual_scopes
from tests.fakes.hand_transport import HandTransport

REDIRECT = "https://app.example/done"
GRAPH, API = "/graph.instagram.com", "/api.instagram.com"


@pytest.fixture(autouse=True)
def time_stands_still(emulator: Emulator) -> None:
    """What is left of a life is told in whole seconds."""
    emulator.parts.clock.freeze()


def client_of(world: World, flavour: Flavour) -> Client:
    return world.client(flavour)


def code_of(world: World, flavour: Flavour = Flavour.FACEBOOK, **answers: Any) -> str:
    world.answer_permissions(flavour, answers.get("granted", ("instagram_basic",)))
    return world.issue_code(flavour, REDIRECT).value


def credentials(world: World, flavour: Flavour = Flavour.FACEBOOK) -> dict[str, str]:
    app = world.client(flavour)
    return {"client_id": app.id, "client_secret": app.secret}


def instagram_token(world: World, life_ms: int = HOUR_MS, age_ms: int = 0) -> Token:
    scopes = usual_scopes(TokenKind.IG_USER)
    return world.issue_token(TokenWish(TokenKind.IG_USER, scopes, life_ms, age_ms))


def error_of(response: TestResponse) -> tuple[int, int | None]:
    error = response.get_json()["error"]
    return error["code"], error.get("error_subcode")


@pytest.mark.parametrize("form", ["query", "form", "json", "basic"])
def test_a_code_becomes_a_token_in_every_encoding(
    client: FlaskClient, world: World, form: str
) -> None:
    app, rest = credentials(world), {"code": code_of(world), "redirect_uri": REDIRECT}
    basic = base64.b64encode(f"{app['client_id']}:{app['client_secret']}".encode()).decode()
    requests: dict[str, dict[str, Any]] = {
        "query": {"method": "GET", "query_string": {**app, **rest}},
        "form": {"method": "POST", "data": {**app, **rest}},
        "json": {"method": "POST", "json": {**app, **rest}},
        "basic": {
            "method": "POST", "data": rest, "headers": {"Authorization": f"Basic {basic}"},
        },
    }  # fmt: skip

    answer = client.open("/v25.0/oauth/access_token", **requests[form]).get_json()

    assert (answer["token_type"], answer["expires_in"]) == ("bearer", 7200)
    token = world.find_token(answer["access_token"])
    assert token is not None
    assert (token.kind, token.scopes) == (TokenKind.USER, ("instagram_basic",))


def test_a_code_is_redeemed_once(client: FlaskClient, world: World) -> None:
    asked = {**credentials(world), "code": code_of(world), "redirect_uri": REDIRECT}

    first, second = (client.get("/oauth/access_token", query_string=asked) for _ in range(2))

    assert first.status_code == 200
    assert (second.status_code, error_of(second)) == (400, (100, 36009))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code": "nonsense"}, (100, None)),
        ({"redirect_uri": REDIRECT + "/"}, (100, 36008)),
        ({"client_secret": "wrong"}, (1, None)),
        ({"client_id": "12"}, (101, None)),
        ({"grant_type": "password"}, (100, None)),
        ({"code": ""}, (1, None)),
    ],
)
def test_a_wrong_code_call_says_what_is_wrong(
    client: FlaskClient, world: World, changes: dict[str, str], error: tuple[int, int | None]
) -> None:
    asked = {**credentials(world), "code": code_of(world), "redirect_uri": REDIRECT, **changes}

    response = client.get("/oauth/access_token", query_string=asked)

    assert (response.status_code, error_of(response)) == (400, error)


def test_a_code_lives_ten_minutes(client: FlaskClient, emulator: Emulator, world: World) -> None:
    asked = {**credentials(world), "code": code_of(world), "redirect_uri": REDIRECT}
    emulator.parts.clock.move_to(world.now_ms() + 601_000)

    response = client.get("/oauth/access_token", query_string=asked)

    assert error_of(response) == (100, 36007)


def test_a_user_token_is_prolonged_to_sixty_days(client: FlaskClient, world: World) -> None:
    user = world.issue_token(TokenWish(TokenKind.USER, ("instagram_basic",), 2 * HOUR_MS))
    asked = {
        **credentials(world), "grant_type": "fb_exchange_token", "fb_exchange_token": user.value,
    }  # fmt: skip

    answer = client.get("/oauth/access_token", query_string=asked).get_json()

    assert answer["expires_in"] == 5_184_000
    prolonged = world.find_token(answer["access_token"])
    assert prolonged is not None
    assert prolonged.scopes == user.scopes


def test_client_credentials_give_an_app_token(client: FlaskClient, world: World) -> None:
    asked = {**credentials(world), "grant_type": "client_credentials"}

    token = client.post("/oauth/access_token", data=asked).get_json()["access_token"]

    assert token.startswith(f"{world.app.id}|")
    path, query = f"/{world.app.id}/subscriptions", {"access_token": token}
    assert client.get(path, query_string=query).status_code == 200


def test_an_instagram_code_becomes_a_token_with_its_user(client: FlaskClient, world: World) -> None:
    granted = ("instagram_business_basic",)
    code = code_of(world, Flavour.INSTAGRAM, granted=granted)
    app = credentials(world, Flavour.INSTAGRAM)
    asked = {**app, "grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": code}

    flat = client.post(f"{API}/oauth/access_token", data=asked)
    again = client.post(f"{API}/oauth/access_token", data=asked)

    assert flat.get_json()["permissions"] == list(granted)
    assert flat.get_json()["user_id"] == world.person(Flavour.INSTAGRAM).id
    assert (again.status_code, again.get_json()) == (
        400,
        {
            "error_type": "OAuthException",
            "code": 400,
            "error_message": "Matching code was not found or was already used",
        },
    )


def test_the_documented_shape_is_a_switch(client: FlaskClient, world: World) -> None:
    world.configure_client(Flavour.INSTAGRAM, {"array_answers": True})
    code = code_of(world, Flavour.INSTAGRAM, granted=("instagram_business_basic",))
    app = credentials(world, Flavour.INSTAGRAM)
    asked = {**app, "grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": code}

    login = client.post(f"{API}/oauth/access_token", data=asked).get_json()["data"][0]
    me = client.get(
        f"{GRAPH}/me", query_string={"access_token": login["access_token"], "fields": "user_id"}
    ).get_json()["data"][0]

    assert login["permissions"] == "instagram_business_basic"
    assert me["user_id"] == world.account.id


def test_the_meta_apps_secret_is_wrong_at_instagram(client: FlaskClient, world: World) -> None:
    asked = {
        **credentials(world), "grant_type": "authorization_code", "redirect_uri": REDIRECT,
        "code": code_of(world, Flavour.INSTAGRAM, granted=("instagram_business_basic",)),
    }  # fmt: skip

    response = client.post(f"{API}/oauth/access_token", data=asked)

    assert response.get_json()["error_message"] == "Invalid platform app"


def test_a_short_instagram_token_becomes_a_long_one(client: FlaskClient, world: World) -> None:
    asked = {
        "grant_type": "ig_exchange_token",
        "client_secret": world.client(Flavour.INSTAGRAM).secret,
        "access_token": instagram_token(world).value,
    }

    answer = client.get(f"{GRAPH}/access_token", query_string=asked).get_json()

    assert answer["token_type"] == "bearer"
    assert answer["expires_in"] == 5_184_000


@pytest.mark.parametrize(
    ("age_ms", "life_ms", "outcome"),
    [
        (2 * DAY_MS, 60 * DAY_MS, None),
        (HOUR_MS, 60 * DAY_MS, (100, None)),
        (61 * DAY_MS, 60 * DAY_MS, (190, 463)),
        (0, HOUR_MS, (452, None)),
    ],
)
def test_a_token_is_refreshed_after_a_day_and_before_its_end(
    client: FlaskClient,
    world: World,
    age_ms: int,
    life_ms: int,
    outcome: tuple[int, int | None] | None,
) -> None:
    token = instagram_token(world, life_ms, age_ms)
    asked = {"grant_type": "ig_refresh_token", "access_token": token.value}

    response = client.get(f"{GRAPH}/refresh_access_token", query_string=asked)

    fault = error_of(response) if "error" in response.get_json() else None
    assert fault == outcome


@pytest.mark.parametrize("host", ["graph.instagram.com", "GRAPH.instagram.com:8443"])
def test_the_host_header_leads_to_flavour_b(client: FlaskClient, world: World, host: str) -> None:
    token = instagram_token(world)
    asked = {"access_token": token.value, "fields": "user_id,username,account_type"}

    direct = client.get("/v25.0/me", query_string=asked, headers={"Host": host}).get_json()
    forwarded = client.get(
        "/v25.0/me", query_string=asked, headers={"X-Forwarded-Host": host}
    ).get_json()

    assert direct == forwarded
    assert direct["user_id"] == world.account.id
    assert direct["id"] == token.subject != world.account.id


def test_a_page_token_means_nothing_at_instagram(client: FlaskClient, world: World) -> None:
    response = client.get(
        f"{GRAPH}/v25.0/me", query_string={"access_token": world.page.access_token}
    )

    assert error_of(response) == (190, None)


@pytest.mark.parametrize("sender", ["me", "account", "scoped"])
def test_the_account_sends_with_an_instagram_token(
    client: FlaskClient, world: World, tester: Customer, sender: str
) -> None:
    world.send_text(tester.username, "Oi")
    token = instagram_token(world)
    name = {"me": "me", "account": world.account.id, "scoped": token.subject}[sender]

    response = client.post(
        f"{GRAPH}/v25.0/{name}/messages",
        json={"recipient": {"id": tester.igsid}, "message": {"text": "Olá"}},
        headers={"Authorization": f"Bearer {token.value}"},
    )

    assert response.get_json()["recipient_id"] == tester.igsid


def test_without_the_permission_nothing_is_sent(
    client: FlaskClient, world: World, tester: Customer
) -> None:
    world.send_text(tester.username, "Oi")
    scopes = ("instagram_business_basic",)
    token = world.issue_token(TokenWish(TokenKind.IG_USER, scopes, HOUR_MS))

    response = client.post(
        f"{GRAPH}/me/messages",
        json={"recipient": {"id": tester.igsid}, "message": {"text": "Olá"}},
        headers={"Authorization": f"Bearer {token.value}"},
    )

    assert error_of(response) == (230, None)


def test_the_instagram_app_signs_for_accounts_it_subscribed(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    world.uninstall_from_page()
    token = instagram_token(world).value
    client.post(
        f"{GRAPH}/me/subscribed_apps",
        query_string={"access_token": token, "subscribed_fields": "messages"},
    )

    world.send_text(tester.username, "Oi")

    request = transport.requests[-1]
    expected = sign(world.client(Flavour.INSTAGRAM).secret, request.body)
    assert request.headers["X-Hub-Signature-256"] == expected["X-Hub-Signature-256"]
    assert json.loads(request.body)["entry"][0]["id"] == world.account.id


def test_the_subscription_of_flavour_b_is_read_and_ended(client: FlaskClient, world: World) -> None:
    query = {"access_token": instagram_token(world).value}
    path = f"{GRAPH}/{world.account.id}/subscribed_apps"
    client.post(path, query_string=query, data={"subscribed_fields": '["messages","comments"]'})

    read = client.get(path, query_string=query).get_json()["data"]
    client.delete(path, query_string=query)

    assert read[0]["subscribed_fields"] == ["messages", "comments"]
    assert read[0]["id"] == world.client(Flavour.INSTAGRAM).id
    assert world.account_fields is None


def test_the_api_host_serves_nothing_but_codes(client: FlaskClient, world: World) -> None:
    response = client.get(f"{API}/me", query_string={"access_token": instagram_token(world).value})

    assert error_of(response) == (2500, None)


def test_the_journal_shows_the_address_that_was_called(
    client: FlaskClient, world: World, journal: Journal
) -> None:
    query = {"access_token": instagram_token(world).value}
    client.get("/me", query_string=query, headers={"Host": "graph.instagram.com"})
    client.get(f"{GRAPH}/me", query_string=query)

    named, mounted = (one.request.url for one in journal.find(Query()) if one.request is not None)

    assert named.startswith("https://graph.instagram.com/me?")
    assert mounted.startswith("http://localhost/graph.instagram.com/me?")


@pytest.mark.parametrize("nonsense", ["\ud800", ["x"], {"a": 1}, 7, True])
def test_nonsense_in_a_body_is_refused_like_a_wrong_secret(
    client: FlaskClient, world: World, nonsense: Any
) -> None:
    asked = {**credentials(world), "grant_type": "client_credentials", "client_secret": nonsense}

    response = client.post("/oauth/access_token", json=asked)

    assert (response.status_code, error_of(response)) == (400, (1, None))
