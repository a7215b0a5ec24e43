"""The login dialogs: consent, refusal, return to the app (meta-contract §1.2, §6.1, §6.2)."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.domain.login import Flavour
from fake_meta.domain.scopes import USUAL
from fake_meta.world import World

REDIRECT = "https://app.example/done?tenant=7"
STATE = "a b&c=ü"
PATHS = {
    Flavour.FACEBOOK: "/www.facebook.com/v25.0/dialog/oauth",
    Flavour.INSTAGRAM: "/www.instagram.com/oauth/authorize",
}


class Browser:
    """A person in front of a dialog."""

    def __init__(self, client: FlaskClient, world: World, flavour: Flavour) -> None:
        self.client = client
        self.world = world
        self.flavour = flavour
        world.configure_client(flavour, {"redirect_uris": (REDIRECT,)})
        self.asked: dict[str, str] = {
            "client_id": world.client(flavour).id,
            "redirect_uri": REDIRECT,
            "response_type": "code",
            "scope": ",".join(USUAL[flavour]),
            "state": STATE,
        }

    def open(self, **changes: str) -> TestResponse:
        return self.client.get(PATHS[self.flavour], query_string={**self.asked, **changes})

    def send(self, page: TestResponse, step: str, **fields: Any) -> TestResponse:
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert token is not None, page.text
        form = {"csrf_token": token[1], "step": step, **fields}
        return self.client.post(PATHS[self.flavour], query_string=self.asked, data=form)

    def log_in(self, password: str | None = None) -> TestResponse:
        person = self.world.person(self.flavour)
        typed = {"login": person.login, "password": password or person.password}
        return self.send(self.open(), "log-in", **typed)


@pytest.fixture
def facebook(client: FlaskClient, world: World) -> Browser:
    return Browser(client, world, Flavour.FACEBOOK)


@pytest.fixture
def instagram(client: FlaskClient, world: World) -> Browser:
    return Browser(client, world, Flavour.INSTAGRAM)


def token_for(browser: Browser, code: str) -> str:
    app = browser.world.client(browser.flavour)
    answer = browser.client.post(
        "/oauth/access_token",
        data={
            "client_id": app.id,
            "client_secret": app.secret,
            "redirect_uri": REDIRECT,
            "code": code,
        },
    ).get_json()
    return str(answer["access_token"])


def returned(response: TestResponse) -> dict[str, str]:
    assert response.status_code == 302
    query = parse_qs(urlsplit(response.location).query)
    return {name: values[0] for name, values in query.items()}


def test_the_dialog_asks_to_log_in_then_for_consent(facebook: Browser) -> None:
    login, consent = facebook.open(), facebook.log_in()

    assert 'data-testid="dialog-password"' in login.text
    assert 'data-scope="instagram_manage_messages"' in consent.text
    assert 'data-testid="dialog-consent"' in facebook.open().text


def test_a_wrong_password_stays_at_the_door(facebook: Browser) -> None:
    response = facebook.log_in("wrong")

    assert response.status_code == 401
    assert 'data-testid="dialog-error"' in response.text


def test_consent_returns_a_code_and_the_state(facebook: Browser) -> None:
    world = facebook.world
    consent = facebook.log_in()

    answer = facebook.send(
        consent,
        "continue",
        scope=["instagram_basic", "pages_show_list"],
        asset=[world.page.id, world.account.id],
    )

    query = returned(answer)
    assert answer.location.startswith(REDIRECT + "&code=")
    assert (query["state"], query["tenant"]) == (STATE, "7")
    token = world.find_token(token_for(facebook, query["code"]))
    assert token is not None
    assert set(token.scopes or ()) == {"public_profile", "instagram_basic", "pages_show_list"}
    assert world.grants(Flavour.FACEBOOK)["instagram_manage_messages"] == "declined"


def test_a_page_that_was_not_chosen_is_not_seen(facebook: Browser) -> None:
    world = facebook.world
    answer = facebook.send(facebook.log_in(), "continue", scope=["pages_show_list"], asset=[])
    token = token_for(facebook, returned(answer)["code"])

    page = facebook.client.get(f"/{world.page.id}", query_string={"access_token": token})

    assert page.get_json()["error"]["error_subcode"] == 33


def test_cancel_returns_exactly_metas_error(facebook: Browser) -> None:
    answer = facebook.send(facebook.log_in(), "cancel")

    assert answer.location == (
        f"{REDIRECT}&error=access_denied&error_reason=user_denied"
        "&error_description=Permissions+error&state=a+b%26c%3D%C3%BC"
    )


def test_instagram_appends_its_mark_to_the_code(instagram: Browser) -> None:
    answer = instagram.send(
        instagram.log_in(), "continue", scope=["instagram_business_manage_messages"]
    )

    assert answer.location.endswith("#_")
    code = instagram.world.redeem_code(Flavour.INSTAGRAM, returned(answer)["code"], REDIRECT)
    assert set(code.scopes or ()) == set(USUAL[Flavour.INSTAGRAM])


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "1"},
        {"redirect_uri": "https://app.example/done"},
        {"redirect_uri": REDIRECT + "&more=1"},
        {"scope": "instagram_business_basic"},
        {"response_type": "id_token"},
        {"response_type": "code id_token"},
    ],
)
def test_a_wrong_request_is_shown_and_redirected_nowhere(
    facebook: Browser, changes: dict[str, str]
) -> None:
    response = facebook.open(**changes)

    assert response.status_code == 400
    assert 'data-testid="dialog-problem"' in response.text


def in_fragment(answer: TestResponse) -> dict[str, str]:
    address = urlsplit(answer.location)
    assert address.query == "tenant=7"  # nothing of the answer: servers on the way would read it
    return {name: values[0] for name, values in parse_qs(address.fragment).items()}


def test_a_token_comes_in_the_fragment(facebook: Browser) -> None:
    facebook.asked["response_type"] = "token"

    told = in_fragment(facebook.send(facebook.log_in(), "continue", scope=["instagram_basic"]))

    assert set(told) == {"access_token", "expires_in", "data_access_expiration_time", "state"}
    token = facebook.world.find_token(told["access_token"])
    assert token is not None
    assert set(token.scopes or ()) == {"public_profile", "instagram_basic"}
    assert 0 < int(told["expires_in"]) <= 2 * 3600
    assert told["state"] == STATE


@pytest.mark.parametrize("asked", ["code token", "token,code"])
def test_code_and_token_come_together(facebook: Browser, asked: str) -> None:
    facebook.asked["response_type"] = asked

    told = in_fragment(facebook.send(facebook.log_in(), "continue"))

    redeemed = facebook.world.redeem_code(Flavour.FACEBOOK, told["code"], REDIRECT)
    assert redeemed.value != told["access_token"]


def test_what_was_granted_can_be_told_with_the_code(facebook: Browser) -> None:
    facebook.asked["response_type"] = "code granted_scopes"

    told = returned(facebook.send(facebook.log_in(), "continue", scope=["instagram_basic"]))

    assert told["granted_scopes"] == "public_profile,instagram_basic"
    assert "instagram_manage_messages" in told["denied_scopes"]
    assert facebook.world.redeem_code(Flavour.FACEBOOK, told["code"], REDIRECT)


def test_instagram_gives_codes_only(instagram: Browser) -> None:
    response = instagram.open(response_type="token")

    assert response.status_code == 400
    assert "instagram login takes of code one" in response.text


@pytest.mark.parametrize("scope", ["business_basic", "instagram_manage_messages", ""])
def test_instagram_refuses_names_that_are_not_its_own(instagram: Browser, scope: str) -> None:
    response = instagram.open(scope=scope)

    assert response.status_code == 400
    assert "instagram_business_basic" in response.text or "no permission" in response.text


def test_a_configuration_stands_for_its_permissions(facebook: Browser) -> None:
    facebook.log_in()

    page = facebook.open(config_id="123", scope="")

    assert page.text.count('data-testid="dialog-scope"') == len(USUAL[Flavour.FACEBOOK])


def test_a_forced_log_in_ignores_the_session(instagram: Browser) -> None:
    instagram.log_in()

    again, forced = instagram.open(), instagram.open(force_reauth="true")

    assert 'data-testid="dialog-consent"' in again.text
    assert 'data-testid="dialog-password"' in forced.text


def test_a_form_without_its_token_is_refused(facebook: Browser) -> None:
    facebook.log_in()

    response = facebook.client.post(
        PATHS[Flavour.FACEBOOK], query_string=facebook.asked, data={"step": "continue"}
    )

    assert response.status_code == 403


def test_nobody_gets_a_code_without_logging_in(facebook: Browser) -> None:
    response = facebook.send(facebook.open(), "continue", scope=["instagram_basic"])

    assert response.status_code == 401


def test_a_customer_of_instagram_is_not_the_company(instagram: Browser) -> None:
    customer = instagram.world.customers[0]
    typed = {"login": customer.username, "password": customer.password}

    response = instagram.send(instagram.open(), "log-in", **typed)

    assert response.status_code == 401


def test_the_dialogs_style_is_served(facebook: Browser, instagram: Browser) -> None:
    client = facebook.client

    served = [
        client.get(f"{prefix}/static/dialog.css").status_code
        for prefix in ("/www.facebook.com", "/www.instagram.com/oauth")
    ]

    assert served == [200, 200]


def decline_most(browser: Browser) -> None:
    browser.send(browser.log_in(), "continue", scope=["instagram_basic"])


def test_facebook_asks_not_again_for_what_was_declined(facebook: Browser) -> None:
    decline_most(facebook)

    again, rerequested = facebook.open(), facebook.open(auth_type="rerequest")

    assert 'data-scope="instagram_basic"' in again.text
    assert 'data-scope="instagram_manage_messages"' not in again.text
    assert 'data-scope="instagram_manage_messages"' in rerequested.text


def test_what_was_declined_is_granted_once_it_is_asked_for_again(facebook: Browser) -> None:
    decline_most(facebook)
    facebook.asked["auth_type"] = "rerequest"

    wanted = ["instagram_basic", "instagram_manage_messages"]
    facebook.send(facebook.open(), "continue", scope=wanted)

    grants = facebook.world.grants(Flavour.FACEBOOK)
    assert grants["instagram_manage_messages"] == "granted"


def test_instagram_asks_for_everything_every_time(instagram: Browser) -> None:
    instagram.send(instagram.log_in(), "continue", scope=["instagram_business_basic"])

    assert 'data-scope="instagram_business_manage_messages"' in instagram.open().text
