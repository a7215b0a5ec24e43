"""`/{app-id}/accounts/test-users`: who can log in and nothing else (§6.4)."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.login import Flavour
from fake_meta.snapshots.codec import unpack
from fake_meta.world import World
from tests.fakes.graph_app import GraphApp, code_of

SCOPES = "instagram_basic,pages_show_list"


@pytest.fixture
def app(client: FlaskClient, world: World) -> GraphApp:
    return GraphApp(client, world)


def edge(app: GraphApp) -> str:
    return f"/v25.0/{app.world.app.id}/accounts/test-users"


def create(app: GraphApp, **form: str) -> Any:
    asked = {"access_token": app.app_token(), **form}
    return app.client.post(edge(app), data=asked).get_json()


def test_a_test_user_comes_with_what_it_logs_in_with(app: GraphApp) -> None:
    made = create(app, installed="true", permissions=SCOPES)

    assert set(made) == {"id", "access_token", "login_url", "email", "password"}
    assert made["id"] in made["login_url"]


def test_the_list_tells_no_passwords(app: GraphApp) -> None:
    made = [create(app, permissions=SCOPES), create(app, installed="false")]

    listed = app.read(edge(app), app.app_token())["data"]

    assert [one["id"] for one in listed] == [one["id"] for one in made]
    assert [set(one) for one in listed] == [
        {"id", "access_token", "login_url"}, {"id", "login_url"},
    ]  # fmt: skip
    assert listed[0]["access_token"] == made[0]["access_token"]


def test_its_token_says_who_it_is_and_sees_no_page(app: GraphApp) -> None:
    made = create(app, permissions=SCOPES, name="Ana Teste")
    token = made["access_token"]

    assert app.read("/v25.0/me", token) == {"name": "Ana Teste", "id": made["id"]}
    assert app.read(f"/v25.0/{made['id']}", token)["id"] == made["id"]
    assert app.read("/v25.0/me/accounts", token)["data"] == []
    granted = app.read("/v25.0/me/permissions", token)["data"]
    assert [(one["permission"], one["status"]) for one in granted] == [
        ("instagram_basic", "granted"), ("pages_show_list", "granted"),
    ]  # fmt: skip
    asked = {"input_token": token, "access_token": app.app_token()}
    known = app.client.get("/v25.0/debug_token", query_string=asked).get_json()["data"]
    assert (known["type"], known["is_valid"], known["user_id"]) == ("USER", True, made["id"])


def test_it_takes_nothing_from_the_administrator(app: GraphApp) -> None:
    token = create(app, permissions=SCOPES)["access_token"]
    before = app.world.grants(Flavour.FACEBOOK)

    refused = app.client.delete(f"/v25.0/me/permissions?access_token={token}")

    assert code_of(refused) == (100, None)
    assert app.world.grants(Flavour.FACEBOOK) == before


def test_only_the_app_makes_them_and_only_those(app: GraphApp) -> None:
    page = {"access_token": app.world.page.access_token}
    other = f"/v25.0/{app.world.app.id}/accounts"

    assert app.client.post(edge(app), data=page).status_code == 400
    assert app.client.post(other, data={"access_token": app.app_token()}).status_code == 400
    assert app.read(edge(app), app.app_token())["data"] == []


def test_they_are_in_a_snapshot_and_gone_after_a_reset(app: GraphApp) -> None:
    made = create(app)
    found = unpack(app.client.get("/_control/snapshot").data)
    assert list(found.state.login.test_users) == [made["id"]]

    app.client.post("/_control/reset", json={})

    assert app.world.test_users() == []
