"""Cases of the catalogue of real bugs that are about Meta's side (`case_catalogue`)."""

from __future__ import annotations

from flask.testing import FlaskClient

from fake_meta.domain.accounts import AppMode, Customer
from fake_meta.domain.threads import Surface
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport


def test_case_17_in_development_mode_only_role_holders_are_heard(
    world: World, tester: Customer, stranger: Customer, transport: HandTransport
) -> None:
    world.configure_app(AppMode.DEVELOPMENT, {})

    world.send_text(stranger.username, "from outside")
    world.send_text(tester.username, "from inside")

    bodies = [request.body for request in transport.requests]
    assert len(bodies) == 1
    assert b"from inside" in bodies[0]


def test_case_17_the_doctor_says_why_somebody_is_not_heard(
    world: World, stranger: Customer, client: FlaskClient
) -> None:
    world.configure_app(AppMode.DEVELOPMENT, {})
    world.send_text(stranger.username, "from outside")

    wrong = client.get(f"/_control/doctor?customer={stranger.username}").get_json()["first_wrong"]
    silences = client.get("/_control/journal?kind=webhook_not_sent").get_json()["entries"]

    assert f"{stranger.username} has no role on the app" in wrong["seen"]
    assert wrong["cure"]
    assert "development mode" in silences[0]["reason"]


def test_case_16_the_doctor_says_that_the_page_lacks_the_app(
    world: World, client: FlaskClient
) -> None:
    world.uninstall_from_page()

    wrong = client.get("/_control/doctor").get_json()["first_wrong"]

    assert (wrong["layer"], wrong["section"]) == ("installed on the Page", "2.1.2")
    assert wrong["cure"]


def test_case_51_unsending_on_the_website_tells_nobody(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    message = world.send_text(tester.username, "oops")

    world.unsend(tester.username, message.mid, Surface.WEB)

    assert world.thread_of(tester.username)[0].unsent
    assert [b"is_deleted" in request.body for request in transport.requests] == [False]
