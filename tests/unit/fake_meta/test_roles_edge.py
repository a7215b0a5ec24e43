"""Roles on the app by the Graph API (meta-contract §6.4)."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.accounts import Customer
from fake_meta.domain.login import Flavour
from fake_meta.world import World
from tests.fakes.graph_app import GraphApp, code_of
from tests.fakes.hand_transport import HandTransport


@pytest.fixture
def app(client: FlaskClient, world: World) -> GraphApp:
    return GraphApp(client, world)


def roles(app: GraphApp) -> dict[str, str]:
    data = app.read(f"/v25.0/{app.world.app.id}/roles", app.app_token())["data"]
    assert {one["app_id"] for one in data} == {app.world.app.id}
    return {one["user"]: one["role"] for one in data}


def change(app: GraphApp, method: str, **form: str) -> Any:
    asked = {"access_token": app.app_token(), **form}
    return app.client.open(f"/v25.0/{app.world.app.id}/roles", method=method, data=asked)


def test_the_administrator_and_the_testers_are_listed(app: GraphApp) -> None:
    administrator = app.world.person(Flavour.FACEBOOK).id

    assert roles(app) == {administrator: "administrators", app.tester.igsid: "testers"}


@pytest.mark.parametrize("by", ["igsid", "username"])
def test_an_invitation_counts_once_it_is_accepted(
    app: GraphApp, stranger: Customer, transport: HandTransport, by: str
) -> None:
    answer = change(app, "POST", user=getattr(stranger, by), role="developers")
    app.world.send_text(stranger.username, "unheard")
    invited = roles(app)

    app.world.change_customer(stranger.username, {"role_accepted": True})
    app.world.send_text(stranger.username, "heard")

    assert answer.get_json() == {"success": True}
    assert stranger.igsid not in invited
    assert roles(app)[stranger.igsid] == "developers"
    assert len(transport.requests) == 1


def test_a_role_is_taken_away(app: GraphApp) -> None:
    tester = app.tester

    answer = change(app, "DELETE", user=tester.igsid)

    assert answer.get_json() == {"success": True}
    assert tester.igsid not in roles(app)


@pytest.mark.parametrize(
    "form",
    [{"user": "1", "role": "testers"}, {"user": "ana.silva", "role": "kings"}, {"role": "testers"}],
)
def test_nonsense_is_refused(app: GraphApp, form: dict[str, str]) -> None:
    assert code_of(change(app, "POST", **form)) == (100, None)


def test_the_edge_needs_the_app_token(app: GraphApp) -> None:
    assert code_of(app.ask(f"/v25.0/{app.world.app.id}/roles")) == (190, None)
