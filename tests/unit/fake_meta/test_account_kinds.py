"""Creator accounts and accounts that are not eligible (meta-contract §5.4, §7.3)."""

import pytest
from flask.testing import FlaskClient

from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.graph_app import GraphApp, code_of
from tests.fakes.hand_transport import HandTransport


@pytest.fixture
def app(client: FlaskClient, world: World) -> GraphApp:
    return GraphApp(client, world)


def configure(app: GraphApp, **wish: object) -> object:
    answer = app.client.patch("/_control/account", json=wish)
    return answer.get_json() if answer.status_code == 200 else answer.status_code


def test_a_creator_is_heard_after_the_first_conversations_call(
    app: GraphApp, transport: HandTransport, journal: Journal
) -> None:
    configure(app, account_type="MEDIA_CREATOR")
    app.world.send_text(app.tester.username, "unheard")
    silent = journal.find(Query(kind="webhook_not_sent"))

    app.ask("/me/conversations", platform="instagram")
    app.world.send_text(app.tester.username, "heard")

    assert [one.reason for one in silent if "Creator account" in (one.reason or "")]
    assert len(transport.requests) == 1


def test_the_doctor_names_what_a_creator_waits_for(app: GraphApp) -> None:
    configure(app, account_type="MEDIA_CREATOR")

    wrong = app.client.get("/_control/doctor").get_json()["first_wrong"]

    assert wrong["layer"] == "account"
    assert "Conversations API call" in wrong["seen"]


def test_a_business_waits_for_nothing(app: GraphApp, transport: HandTransport) -> None:
    app.world.send_text(app.tester.username, "heard")

    assert len(transport.requests) == 1


def test_an_account_that_is_not_eligible_answers_36103(
    app: GraphApp, transport: HandTransport
) -> None:
    configure(app, eligible=False)
    app.world.send_text(app.tester.username, "unheard")

    answers = [
        app.send(app.tester.igsid),
        app.ask("/me/conversations", platform="instagram"),
    ]

    assert [code_of(one) for one in answers] == [(36103, None), (36103, None)]
    assert transport.requests == []


def test_the_control_api_shows_and_checks_the_kind(app: GraphApp) -> None:
    shown = configure(app, account_type="MEDIA_CREATOR", eligible=False)

    assert isinstance(shown, dict)
    assert (shown["account_type"], shown["eligible"]) == ("MEDIA_CREATOR", False)
    assert configure(app, account_type="PERSONAL") == 400
