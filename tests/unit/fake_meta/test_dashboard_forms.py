"""Forms of the App Dashboard: what is taken, and what is told beside its field (§2, §6, §10)."""

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.domain.accounts import Customer, Permission
from fake_meta.domain.login import Flavour
from fake_meta.domain.review.forms import Purpose
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport

SETTINGS = {
    "contact_email": "app@example.com",
    "category": "Business",
    "purpose": "own_business",
    "privacy_policy_url": "https://app.example/privacy",
    "terms_url": "https://app.example/terms",
    "data_deletion_url": "https://app.example/deletion",
    "icon_width": "1024",
    "icon_height": "1024",
}


class Desk:
    """The dashboard of the one app, without a browser."""

    def __init__(self, client: FlaskClient, world: World) -> None:
        self.client = client
        self.base = f"/developers.facebook.com/apps/{world.app.id}/"

    def get(self, page: str) -> BeautifulSoup:
        return BeautifulSoup(self.client.get(self.base + page).text, "html.parser")

    def post(self, page: str, **fields: object) -> TestResponse:
        return self.client.post(self.base + page, data=fields)


def errors_of(answer: TestResponse) -> dict[str, str]:
    """What is told beside each field."""
    found = BeautifulSoup(answer.text, "html.parser").find_all(attrs={"data-testid": "field-error"})
    return {one["data-field"]: one.get_text() for one in found}


def field(answer: TestResponse, name: str) -> Tag:
    found = BeautifulSoup(answer.text, "html.parser").find(attrs={"name": name})
    assert isinstance(found, Tag)
    return found


@pytest.fixture
def desk(client: FlaskClient, world: World) -> Desk:
    return Desk(client, world)


def test_a_wrong_field_is_told_beside_it_and_nothing_is_lost(desk: Desk, world: World) -> None:
    wrong = SETTINGS | {"contact_email": "nobody", "terms_url": "ftp://x", "icon_height": "tall"}

    answer = desk.post("settings/basic/", **wrong)

    assert answer.status_code == 400
    assert set(errors_of(answer)) == {"contact_email", "terms_url", "icon_height"}
    assert field(answer, "contact_email")["aria-describedby"] == "error-contact_email"
    assert field(answer, "category")["value"] == "Business"
    assert field(answer, "icon_height")["value"] == "tall"
    assert world.app_details.category == "", "a form is taken as a whole or not at all"


def test_settings_are_taken(desk: Desk, world: World) -> None:
    answer = desk.post("settings/basic/", **SETTINGS, data_use_checked="on", access_verified="on")

    assert answer.status_code == 303
    details = world.app_details
    assert details.icon == (1024, 1024)
    assert (details.data_use_checked, details.access_verified) == (True, True)
    assert (details.purpose, details.business_verified) == (Purpose.OWN_BUSINESS, False)


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ("privacy_policy_url", "the privacy policy URL"),
        ("terms_url", "the terms of service URL"),
        ("icon_width", "an icon"),
        ("category", "a category"),
        ("data_use_checked", "the Data Use Checkup"),
    ],
)
def test_an_app_goes_live_only_when_everything_is_there(
    desk: Desk, world: World, missing: str, named: str
) -> None:
    desk.post("mode/", mode="development")
    filled = {**SETTINGS, "data_use_checked": "on"}
    both = {"icon_width", "icon_height"} if missing == "icon_width" else {missing}
    desk.post("settings/basic/", **{key: one for key, one in filled.items() if key not in both})

    refused = desk.post("mode/", mode="live")
    desk.post("settings/basic/", **filled)
    taken = desk.post("mode/", mode="live")

    assert (refused.status_code, f"it needs {named}<" in refused.text) == (409, True)
    assert taken.status_code == 303
    assert world.app.mode == "live"


@pytest.mark.parametrize("flavour", list(Flavour))
def test_redirects_and_callbacks_are_changed(desk: Desk, world: World, flavour: Flavour) -> None:
    answer = desk.post(
        "login/",
        flavour=str(flavour),
        redirect_uris="https://app.example/a\nhttps://app.example/b",
        deauthorize_url="https://app.example/bye",
        data_deletion_url="",
    )

    client = world.client(flavour)
    assert answer.status_code == 303
    assert client.redirect_uris == ("https://app.example/a", "https://app.example/b")
    assert (client.deauthorize_url, client.data_deletion_url) == ("https://app.example/bye", None)


def test_a_wrong_redirect_is_told_in_its_own_form_only(desk: Desk) -> None:
    answer = desk.post(
        "login/",
        flavour="instagram",
        redirect_uris="app.example",
        deauthorize_url="x",
        data_deletion_url="",
    )

    assert set(errors_of(answer)) == {"redirect_uris", "deauthorize_url"}
    soup = BeautifulSoup(answer.text, "html.parser")
    forms = soup.find_all(attrs={"data-testid": "login-settings"})
    wrong = [one["data-flavour"] for one in forms if one.find(attrs={"aria-invalid": "true"})]
    assert wrong == ["instagram"]


def test_nobody_of_that_name_is_told_beside_the_name(desk: Desk) -> None:
    answer = desk.post("roles/", username="@nobody", role="developer", act="invite")

    assert errors_of(answer) == {"username": "nobody on Instagram is called 'nobody'"}
    assert 'value="@nobody"' in answer.text


def test_an_invited_customer_is_told_where_to_accept(
    desk: Desk, world: World, stranger: Customer
) -> None:
    answer = desk.post("roles/", username=stranger.username, role="tester", act="invite")

    assert "Tester+invites" in answer.location or "Tester%20invites" in answer.location
    assert world.customer(stranger.username).is_invited


def test_fields_of_webhooks_are_checked(desk: Desk, world: World) -> None:
    before = world.subscriptions

    answer = desk.post("webhooks/", callback_url="app.example", verify_token="")

    assert set(errors_of(answer)) == {"callback_url", "verify_token", "fields"}
    assert world.subscriptions == before


def test_each_object_lists_its_own_fields(desk: Desk) -> None:
    def listed(about: str) -> set[str]:
        boxes = desk.get(f"webhooks/?object={about}").find_all("input", {"name": "fields"})
        return {box["value"] for box in boxes}

    assert {"comments", "messaging_seen"} <= listed("instagram") - listed("page")
    assert {"message_reads", "message_echoes"} <= listed("page") - listed("instagram")


def test_a_callback_that_answers_wrongly_is_told_beside_its_address(
    desk: Desk, world: World, transport: HandTransport
) -> None:
    transport.script(403)

    answer = desk.post(
        "webhooks/",
        object="page",
        callback_url="http://x.test/",
        verify_token="t",
        fields="messages",
    )

    assert "could not be verified: HTTP Status Code = 403" in errors_of(answer)["callback_url"]
    assert field(answer, "callback_url")["value"] == "http://x.test/"
    assert [one.object for one in world.subscriptions] == ["instagram"]


def test_the_test_button_of_messenger_sends_the_object_page(
    desk: Desk, transport: HandTransport
) -> None:
    answer = desk.post("webhooks/test/", object="page", form="messaging")

    assert "object=page" in answer.location
    assert transport.requests[-1].body.startswith(b'{"object":"page"')


def test_a_subscription_is_removed(desk: Desk, world: World) -> None:
    desk.post("webhooks/remove/", object="instagram")

    assert world.subscriptions == ()


def test_the_size_of_a_recording_is_checked_beside_it(desk: Desk, world: World) -> None:
    answer = desk.post(
        f"review/{Permission.BASIC}/",
        description="To show the name.",
        file_name="walk.webm",
        width="wide",
        height="900",
        shows="login",
    )

    assert set(errors_of(answer)) == {"width"}
    assert field(answer, "description").get_text() == "To show the name."
    assert world.draft().forms == {}


def test_the_address_of_the_log_in_is_checked_beside_it(desk: Desk, world: World) -> None:
    world.draft()

    answer = desk.post(
        "review/access/", login_url="app.example", username="", password="", steps="1."
    )

    assert set(errors_of(answer)) == {"login_url"}


def test_a_refusal_stands_on_the_page_that_it_is_about(desk: Desk) -> None:
    answer = desk.post("review/submit/")

    assert answer.status_code == 409
    assert "asks for no permission yet" in answer.text
    assert "Permissions and features" in answer.text
