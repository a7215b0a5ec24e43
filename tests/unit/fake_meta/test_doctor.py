"""The doctor names the layer that is wrong first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.accounts import AccessLevel, AppMode, Customer, Permission, Subscription
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport

Spoil = Callable[[World], object]
STANDARD = {Permission.MANAGE_MESSAGES: AccessLevel.STANDARD}
NONE = {Permission.MANAGE_MESSAGES: AccessLevel.NONE}


def subscription(**more: object) -> Subscription:
    values = {"fields": ("messages",), **more}
    return Subscription("instagram", "http://app.example/webhook", "v", **values)  # type: ignore[arg-type]


def test_a_world_that_is_right_has_nothing_wrong(client: FlaskClient, world: World) -> None:
    answer = client.get("/_control/doctor").get_json()

    assert (answer["healthy"], answer["first_wrong"]) == (True, None)
    assert [one["health"] for one in answer["findings"]] == [*["good"] * 7, "unknown"]


@pytest.mark.parametrize(
    ("spoil", "layer", "section"),
    [
        (lambda world: world.unsubscribe_app("instagram"), "app subscription", "2.1.1"),
        (lambda world: world.subscribe_app(subscription(active=False)), "still active", "2.6"),
        (lambda world: world.subscribe_app(subscription(fields=("x",))), "field messages", "2.1.1"),
        (lambda world: world.uninstall_from_page(), "installed on the Page", "2.1.2"),
        (lambda world: world.configure_app(None, NONE), "permission", "6.6"),
    ],
)
def test_the_first_layer_that_is_wrong_is_named_with_its_cure(
    client: FlaskClient, world: World, spoil: Spoil, layer: str, section: str
) -> None:
    spoil(world)

    wrong = client.get("/_control/doctor").get_json()["first_wrong"]

    assert (wrong["layer"], wrong["section"]) == (layer, section)
    assert wrong["cure"]


def test_a_customer_without_a_role_is_named(
    client: FlaskClient, world: World, stranger: Customer
) -> None:
    world.configure_app(AppMode.LIVE, STANDARD)

    wrong = client.get(f"/_control/doctor?customer={stranger.username}").get_json()["first_wrong"]

    assert wrong["layer"] == "customer"
    assert f"{stranger.username} has no role on the app" in wrong["seen"]


def test_a_world_in_which_nobody_is_heard_says_so(
    client: FlaskClient, world: World, tester: Customer
) -> None:
    client.patch(f"/_control/customers/{tester.username}", json={"role": None})

    wrong = client.get("/_control/doctor").get_json()["first_wrong"]

    assert (wrong["layer"], wrong["seen"]) == ("customers", "0 of 1 customers are covered")


def test_the_newest_delivery_tells_about_the_callback(
    client: FlaskClient, world: World, transport: HandTransport
) -> None:
    transport.script(500)
    client.post("/_control/webhook/test-event")

    wrong = client.get("/_control/doctor").get_json()["first_wrong"]

    assert wrong["layer"] == "callback"
    assert "status 500" in wrong["seen"]


def test_an_unknown_customer_or_parameter_is_refused(client: FlaskClient) -> None:
    nobody = client.get("/_control/doctor?customer=nobody")
    typo = client.get("/_control/doctor?custmer=ana")

    assert (nobody.status_code, typo.status_code) == (404, 400)
