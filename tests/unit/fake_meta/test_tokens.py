"""Access tokens: who they stand for, how they die, what debug_token says (meta-contract §6)."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.app import Emulator
from fake_meta.domain.login import Flavour
from fake_meta.domain.tokens import DAY_MS, HOUR_MS, DeathCause, Token, TokenKind, written_time
from fake_meta.graph_api.tokens import proof_of
from fake_meta.world import TokenWish, World
from fake_meta.world.login_state import usual_scopes

SCOPES = usual_scopes(TokenKind.USER)


class Caller:
    """Calls of the Graph API with any token."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, token: str, **query: str) -> TestResponse:
        return self.client.get(path, query_string={"access_token": token, **query})

    def inspect(self, token: str, world: World) -> dict[str, Any]:
        answer = self.get("/debug_token", world.app.token, input_token=token)
        data = answer.get_json()["data"]
        assert answer.status_code == 200
        assert isinstance(data, dict)
        return data


@pytest.fixture
def caller(client: FlaskClient) -> Caller:
    return Caller(client)


def user_token(world: World, life_ms: int | None = 2 * HOUR_MS, **wishes: Any) -> Token:
    scopes = wishes.pop("scopes", SCOPES)
    return world.issue_token(TokenWish(TokenKind.USER, scopes, life_ms, **wishes))


def error_of(response: TestResponse) -> tuple[int, int | None]:
    error = response.get_json()["error"]
    return error["code"], error.get("error_subcode")


def test_the_seed_decides_the_tokens_and_people(world: World) -> None:
    before = (world.page.access_token, world.person(Flavour.FACEBOOK), user_token(world).value)

    world.reset()

    after = (world.page.access_token, world.person(Flavour.FACEBOOK), user_token(world).value)
    assert before == after


def test_me_of_a_user_token_is_the_administrator(caller: Caller, world: World) -> None:
    person = world.person(Flavour.FACEBOOK)

    answer = caller.get("/v25.0/me", user_token(world).value).get_json()

    assert answer == {"id": person.id, "name": person.name}


@pytest.mark.parametrize(
    ("cause", "subcode"),
    [
        (DeathCause.APP_REMOVED, 458),
        (DeathCause.CHECKPOINT, 459),
        (DeathCause.PASSWORD_CHANGED, 460),
        (DeathCause.EXPIRED, 463),
        (DeathCause.UNCONFIRMED, 464),
        (DeathCause.LOGGED_OUT, 467),
        (DeathCause.PAGE_ROLE_LOST, 492),
    ],
)
def test_a_dead_token_says_what_it_died_of(
    caller: Caller, world: World, cause: DeathCause, subcode: int
) -> None:
    token = user_token(world)
    world.kill_token(token.id, cause)

    response = caller.get("/me", token.value)
    inspected = caller.inspect(token.value, world)

    assert (response.status_code, error_of(response)) == (400, (190, subcode))
    assert (inspected["is_valid"], inspected["error"]["subcode"]) == (False, subcode)


def test_the_seeded_page_token_can_die(caller: Caller, world: World) -> None:
    world.kill_token("1", DeathCause.PASSWORD_CHANGED)

    response = caller.get("/me", world.page.access_token)

    assert error_of(response) == (190, 460)
    assert "invalid_token" in response.headers["WWW-Authenticate"]


def test_an_expired_token_names_both_times(
    caller: Caller, emulator: Emulator, world: World
) -> None:
    emulator.parts.clock.freeze()
    token = user_token(world)
    issued_ms = world.now_ms()
    emulator.parts.clock.move_to(issued_ms + 3 * HOUR_MS)

    message = caller.get("/me", token.value).get_json()["error"]["message"]

    assert message == (
        "Error validating access token: Session has expired on "
        f"{written_time(issued_ms + 2 * HOUR_MS)}. The current time is "
        f"{written_time(issued_ms + 3 * HOUR_MS)}."
    )


def test_times_in_errors_have_metas_form() -> None:
    assert written_time(1_772_445_600_000) == "Monday, 02-Mar-26 02:00:00 PST"


def test_killing_a_user_token_kills_its_page_tokens(caller: Caller, world: World) -> None:
    user = user_token(world)
    page = world.page_token_for(user)

    world.kill_token(user.id, DeathCause.LOGGED_OUT)

    assert error_of(caller.get("/me", page.value)) == (190, 467)
    assert caller.get("/me", world.page.access_token).status_code == 200


def test_a_page_token_lives_an_hour_or_for_ever(caller: Caller, world: World) -> None:
    path = f"/{world.page.id}"
    short, long = user_token(world), user_token(world, 60 * DAY_MS)

    hourly, endless = (
        caller.get(path, one.value, fields="access_token").get_json()["access_token"]
        for one in (short, long)
    )

    assert caller.inspect(endless, world)["expires_at"] == 0
    life_s = caller.inspect(hourly, world)["expires_at"] - world.now_ms() // 1000
    assert 3590 <= life_s <= 3600


def test_the_same_page_token_is_read_again(caller: Caller, world: World) -> None:
    user, path = user_token(world), f"/{world.page.id}"

    first, second = (
        caller.get(path, user.value, fields="access_token").get_json() for _ in range(2)
    )

    assert first == second
    assert first["access_token"] != world.page.access_token


def test_debug_token_describes_a_page_token(caller: Caller, world: World) -> None:
    data = caller.inspect(world.page_token_for(user_token(world)).value, world)

    assert (data["type"], data["profile_id"]) == ("PAGE", world.page.id)
    assert data["user_id"] == world.person(Flavour.FACEBOOK).id
    assert {"scope": "instagram_basic", "target_ids": [world.account.id]} in data["granular_scopes"]


def test_debug_token_answers_in_metas_order(caller: Caller, world: World) -> None:
    """The answer of meta-contract §6.1, key by key; only a Page token has a profile."""
    keys = [
        "app_id",
        "type",
        "application",
        "data_access_expires_at",
        "expires_at",
        "is_valid",
        "issued_at",
        "profile_id",
        "user_id",
        "scopes",
        "granular_scopes",
    ]
    user = user_token(world)

    of_page = caller.inspect(world.page_token_for(user).value, world)
    of_user = caller.inspect(user.value, world)
    of_app = caller.inspect(world.app.token, world)

    assert list(of_page) == keys
    assert list(of_user) == [key for key in keys if key != "profile_id"]
    assert list(of_app) == ["app_id", "type", "application", "expires_at", "is_valid"]
    assert list(of_page["granular_scopes"][0]) == ["scope", "target_ids"]


def test_debug_token_describes_an_app_token(caller: Caller, world: World) -> None:
    data = caller.inspect(world.app.token, world)

    assert (data["type"], data["is_valid"], data["app_id"]) == ("APP", True, world.app.id)


def test_debug_token_takes_a_token_of_the_same_app(caller: Caller, world: World) -> None:
    token = user_token(world).value

    data = caller.get("/debug_token", token, input_token=token).get_json()["data"]

    assert data["type"] == "USER"


def test_an_instagram_token_means_nothing_at_facebook(caller: Caller, world: World) -> None:
    wish = TokenWish(TokenKind.IG_USER, usual_scopes(TokenKind.IG_USER), HOUR_MS)
    token = world.issue_token(wish)

    response = caller.get("/me", token.value)

    assert error_of(response) == (190, None)
    assert caller.inspect(token.value, world)["type"] == "IG_USER"


def test_permissions_are_listed_and_revoked_one_by_one(caller: Caller, world: World) -> None:
    token = user_token(world).value
    gone = caller.client.delete(
        "/v25.0/me/permissions/instagram_basic", query_string={"access_token": token}
    )

    listed = caller.get("/me/permissions", token).get_json()["data"]

    assert gone.get_json() == {"success": True}
    assert {"permission": "instagram_basic", "status": "declined"} in listed
    assert {"permission": "pages_show_list", "status": "granted"} in listed
    assert error_of(caller.get(f"/{world.account.id}", world.page.access_token)) == (10, None)


def test_revoking_everything_kills_the_tokens_and_stops_webhooks(
    caller: Caller, world: World
) -> None:
    token = user_token(world).value

    caller.client.delete("/me/permissions", query_string={"access_token": token})

    assert error_of(caller.get("/me", token)) == (190, 458)
    assert error_of(caller.get("/me", world.page.access_token)) == (190, 458)
    assert world.page_fields is None


@pytest.mark.parametrize(
    ("missing", "method", "edge", "code"),
    [
        ("instagram_manage_messages", "post", "messages", 230),
        ("pages_manage_metadata", "post", "subscribed_apps", 200),
    ],
)
def test_a_page_token_does_only_what_was_granted(
    caller: Caller, world: World, missing: str, method: str, edge: str, code: int
) -> None:
    user = user_token(world, scopes=tuple(one for one in SCOPES if one != missing))
    token = world.page_token_for(user).value
    call = getattr(caller.client, method)

    response = call(f"/me/{edge}", query_string={"access_token": token})

    assert error_of(response)[0] == code


def test_without_instagram_basic_the_account_is_not_shown(caller: Caller, world: World) -> None:
    token = user_token(world, scopes=("pages_show_list",)).value

    page = caller.get(f"/{world.page.id}", token, fields="id,instagram_business_account")

    assert page.get_json() == {"id": world.page.id}


def test_data_access_lapses_after_ninety_days(caller: Caller, world: World) -> None:
    user = user_token(world, None, age_ms=91 * DAY_MS)

    response = caller.get(f"/{world.page.id}", user.value)
    answers = caller.get("/me/permissions", user.value).get_json()["data"]

    assert error_of(response) == (10, None)
    assert {one["status"] for one in answers} == {"expired"}
    assert caller.inspect(user.value, world)["is_valid"] is True


def test_a_demanded_proof_must_be_there(caller: Caller, world: World) -> None:
    world.configure_client(Flavour.FACEBOOK, {"proof_required": True})
    token = world.page.access_token

    without = caller.get("/me", token)
    proved = caller.get("/me", token, appsecret_proof=proof_of(token, world.app.secret))

    assert without.get_json()["error"]["message"] == (
        "API calls from the server require an appsecret_proof argument"
    )
    assert proved.status_code == 200


@pytest.mark.parametrize("time_ms", [-(10**18), 10**18])
def test_times_beyond_the_calendar_are_written_too(time_ms: int) -> None:
    assert written_time(time_ms).endswith(" PST")
