"""Both values of every choice about reads, log-in and media (meta-contract §5, §6, §9.2)."""

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.domain.accounts import AppMode, ProfileFault
from fake_meta.domain.login import Flavour
from fake_meta.domain.threads import MessageKind, Surface
from fake_meta.domain.tokens import DAY_MS, HOUR_MS, TokenKind
from fake_meta.world import TokenWish, World
from fake_meta.world.login_state import usual_scopes
from tests.fakes.graph_app import GraphApp
from tests.fakes.surface_visitor import SurfaceVisitor, element


@pytest.fixture
def app(client: FlaskClient, world: World) -> GraphApp:
    """The tester has written once."""
    world.send_text(world.customers[0].username, "oi")
    return GraphApp(client, world)


def instagram_token(app: GraphApp) -> str:
    scopes = usual_scopes(TokenKind.IG_USER)
    return app.world.issue_token(TokenWish(TokenKind.IG_USER, scopes, DAY_MS)).value


@pytest.mark.parametrize(("word", "key"), [("flat", "user_id"), ("data_array", "data")])
def test_instagram_shapes(app: GraphApp, word: str, key: str) -> None:
    app.world.choose({"instagram_shapes": word})

    shown = app.read("/graph.instagram.com/me", instagram_token(app), fields="user_id")

    assert key in shown


@pytest.mark.parametrize(("word", "form"), [("text", str), ("number", int)])
def test_user_id_form(app: GraphApp, word: str, form: type) -> None:
    app.world.choose({"user_id_form": word})

    shown = app.read("/graph.instagram.com/me", instagram_token(app), fields="user_id")

    assert shown["user_id"] == form(app.world.account.id)


@pytest.mark.parametrize(
    ("word", "keys"),
    [("name_id", {"name", "id"}), ("name_picture_id", {"name", "profile_pic", "id"})],
)
def test_profile_defaults(app: GraphApp, word: str, keys: set[str]) -> None:
    app.world.choose({"profile_defaults": word})

    assert set(app.read(f"/{app.tester.igsid}")) == keys


@pytest.mark.parametrize(("word", "keys"), [("null", {"name", "id"}), ("absent", {"id"})])
def test_empty_profile(app: GraphApp, word: str, keys: set[str]) -> None:
    app.world.choose({"empty_profile": word})
    fault = {"profile_fault": ProfileFault.EMPTY_NAME}
    app.world.change_customer(app.tester.username, fault)

    assert set(app.read(f"/{app.tester.igsid}")) == keys


@pytest.mark.parametrize(("word", "keys"), [("100/33", {"error"}), ("empty", {"id"})])
def test_blocked_profile(app: GraphApp, word: str, keys: set[str]) -> None:
    app.world.choose({"blocked_profile": word})
    app.world.change_customer(app.tester.username, {"blocks_business": True})

    assert set(app.read(f"/{app.tester.igsid}", fields="name,profile_pic")) == keys


@pytest.mark.parametrize(("word", "count"), [("all", 23), ("newest_20", 20)])
def test_listed_messages(app: GraphApp, word: str, count: int) -> None:
    app.world.choose({"listed_messages": word})
    app.world.send_texts(app.tester.username, [f"n{number}" for number in range(22)])
    conversation = app.read("/me/conversations", platform="instagram")["data"][0]["id"]

    first = app.read(f"/{conversation}/messages", limit="15")
    cursor = first["paging"]["cursors"]["after"]
    second = app.read(f"/{conversation}/messages", limit="15", after=cursor)
    newer = second["paging"]["cursors"]["before"]
    again = app.read(f"/{conversation}/messages", limit="15", before=newer)

    assert len(first["data"]) + len(second["data"]) == count
    assert again["data"] == first["data"]
    assert "next" not in second["paging"]


@pytest.mark.parametrize(("word", "count"), [("filters", 0), ("ignored", 1)])
def test_conversation_folder(app: GraphApp, word: str, count: int) -> None:
    app.world.choose({"conversation_folder": word})

    listed = app.read("/me/conversations", platform="instagram", folder="spam")

    assert len(listed["data"]) == count


@pytest.mark.parametrize(("word", "status"), [("404", 404), ("403", 403), ("410", 410)])
def test_gone_media(app: GraphApp, word: str, status: int) -> None:
    app.world.choose({"gone_media": word})
    sent = app.world.send_media(app.tester.username, MessageKind.IMAGE)
    assert sent.url is not None
    path = sent.url.partition("8701")[2]

    before = app.client.get(path).status_code
    app.world.unsend(app.tester.username, sent.mid, Surface.MOBILE)

    assert (before, app.client.get(path).status_code) == (200, status)


@pytest.mark.parametrize(("word", "life_s"), [("2_hours", 7200), ("1_hour", 3600)])
def test_short_lived_token(app: GraphApp, word: str, life_s: int) -> None:
    app.world.choose({"short_lived_token": word})

    assert life_s - 5 <= app.redeem().get_json()["expires_in"] <= life_s


@pytest.mark.parametrize(("word", "kind"), [("IG_USER", "IG_USER"), ("USER", "USER")])
def test_token_type(app: GraphApp, word: str, kind: str) -> None:
    app.world.choose({"token_type": word})
    asked = {"input_token": instagram_token(app)}

    assert app.read("/debug_token", app.app_token(), **asked)["data"]["type"] == kind


@pytest.mark.parametrize(
    ("word", "scopes"),
    [
        ("ever_granted", {"instagram_basic", "pages_show_list"}),
        ("this_dialog", {"pages_show_list"}),
    ],
)
def test_token_scopes(app: GraphApp, word: str, scopes: set[str]) -> None:
    app.world.choose({"token_scopes": word})
    app.redeem(("instagram_basic",))

    value = app.redeem(("pages_show_list",)).get_json()["access_token"]

    token = app.world.find_token(value)
    assert token is not None
    assert set(token.scopes or ()) == scopes


@pytest.mark.parametrize(("word", "is_alive"), [("all_tokens", False), ("app_tokens", True)])
def test_reset_secret(*, app: GraphApp, word: str, is_alive: bool) -> None:
    app.world.choose({"reset_secret": word})
    page_token, app_token = app.world.page.access_token, app.app_token()

    app.world.reset_secret(Flavour.FACEBOOK)

    assert ("error" not in app.read("/me", page_token)) is is_alive
    assert "error" in app.read(f"/{app.world.app.id}", app_token)


@pytest.mark.parametrize(("word", "reaches"), [("strict", False), ("relaxed", True)])
def test_own_account(*, app: GraphApp, word: str, reaches: bool) -> None:
    app.world.choose({"own_account": word})
    stranger = app.world.create_customer({})
    app.world.send_text(stranger.username, "oi")

    listed = app.read("/me/conversations", platform="instagram")["data"]

    assert (app.send(stranger.igsid).status_code == 200) is reaches
    assert ("error" not in app.read(f"/{stranger.igsid}")) is reaches
    assert (len(listed) == 2) is reaches


def test_relaxed_access_ends_in_development_mode(app: GraphApp) -> None:
    app.world.choose({"own_account": "relaxed"})
    app.world.configure_app(AppMode.DEVELOPMENT, {})
    stranger = app.world.create_customer({})
    app.world.send_text(stranger.username, "oi")

    assert app.send(stranger.igsid).status_code == 400


def test_a_token_of_an_hour_dies_after_an_hour(app: GraphApp) -> None:
    app.world.choose({"short_lived_token": "1_hour"})

    value = app.redeem().get_json()["access_token"]

    token = app.world.find_token(value)
    assert token is not None
    assert token.expires_ms == token.issued_ms + HOUR_MS


@pytest.mark.parametrize(("word", "status"), [("error", 500), ("broken", 200)])
def test_profile_timeout(app: GraphApp, emulator: Emulator, word: str, status: int) -> None:
    app.world.choose({"profile_timeout": word})
    app.world.change_customer(app.tester.username, {"profile_fault": ProfileFault.TIMEOUT})
    emulator.graph.stopping.set()

    answer = app.ask(f"/v25.0/{app.tester.igsid}")

    is_whole = len(answer.data) == int(answer.headers["Content-Length"])
    assert (answer.status_code, is_whole) == (status, word == "error")


@pytest.mark.parametrize(("word", "label"), [("guide", "Send Message"), ("today", "Message")])
def test_labels(app: GraphApp, word: str, label: str) -> None:
    app.world.choose({"labels": word})
    visitor = SurfaceVisitor(app.world)
    visitor.log_in()

    page = visitor.get(visitor.answer_save_login().location)

    button = element(page, "send-message")
    assert button is not None
    assert button.get_text(strip=True) == label


@pytest.mark.parametrize(("word", "count"), [("few", 0), ("many", 3)])
def test_answer_headers(app: GraphApp, word: str, count: int) -> None:
    app.world.choose({"answer_headers": word})

    headers = app.ask("/me").headers

    assert len({"x-fb-request-id", "x-fb-rev", "x-fb-debug"} & {*headers.keys()}) == count
    assert "x-fb-trace-id" in headers
