"""Both values of every choice that decides an error (meta-contract §1.3, §3.11, §4 to §7)."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.app import Emulator
from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.choices import Choices
from fake_meta.domain.error_choices import SWITCHES
from fake_meta.domain.threads import Surface
from fake_meta.domain.tokens import DAY_MS, HOUR_MS, DeathCause, TokenKind
from fake_meta.world import TokenWish, World
from fake_meta.world.login_state import usual_scopes
from tests.fakes.graph_app import Code, GraphApp, code_of

Situation = Callable[[GraphApp], TestResponse]


@pytest.fixture
def app(client: FlaskClient, world: World) -> GraphApp:
    return GraphApp(client, world)


def unknown_version(app: GraphApp) -> TestResponse:
    return app.ask("/v99.0/me")


def first_contact(app: GraphApp) -> TestResponse:
    return app.send(app.tester.igsid)


def stranger(app: GraphApp) -> str:
    customer = app.world.create_customer({})
    app.world.send_text(customer.username, "oi")
    return customer.igsid


def send_to_stranger(app: GraphApp) -> TestResponse:
    return app.send(stranger(app))


def profile_of_stranger(app: GraphApp) -> TestResponse:
    return app.ask(f"/{stranger(app)}")


def send_to_who_blocked(app: GraphApp) -> TestResponse:
    app.world.send_text(app.tester.username, "oi")
    app.world.change_customer(app.tester.username, {"blocks_business": True})
    return app.send(app.tester.igsid)


def send_to_the_other_apps_thread(app: GraphApp) -> TestResponse:
    app.world.send_text(app.tester.username, "oi")
    app.world.set_default_app(app.world.second_app_id)
    return app.send(app.tester.igsid)


def read_unsent(app: GraphApp) -> TestResponse:
    mid = app.world.send_text(app.tester.username, "oi").mid
    app.world.unsend(app.tester.username, mid, Surface.MOBILE)
    return app.ask(f"/{mid}")


def human_agent(app: GraphApp) -> TestResponse:
    return app.send(app.tester.igsid, messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")


def long_text(app: GraphApp) -> TestResponse:
    app.world.send_text(app.tester.username, "oi")
    return app.send(app.tester.igsid, "é" * 2001)


def without(permission: Permission, app: GraphApp) -> None:
    app.world.send_text(app.tester.username, "oi")
    app.world.configure_app(None, {permission: AccessLevel.NONE})


def send_without_permission(app: GraphApp) -> TestResponse:
    without(Permission.MANAGE_MESSAGES, app)
    return app.send(app.tester.igsid)


def account_without_permission(app: GraphApp) -> TestResponse:
    without(Permission.BASIC, app)
    return app.ask(f"/{app.world.account.id}")


def profile_without_permission(app: GraphApp) -> TestResponse:
    without(Permission.BASIC, app)
    return app.ask(f"/{app.tester.igsid}")


def subscribe_without_permission(app: GraphApp) -> TestResponse:
    without(Permission.MANAGE_METADATA, app)
    return app.post("/me/subscribed_apps", subscribed_fields="messages")


def wrong_secret(app: GraphApp) -> TestResponse:
    return app.redeem(client_secret="wrong")


def wrong_redirect(app: GraphApp) -> TestResponse:
    return app.redeem(redirect_uri="https://app.example/other")


def young_refresh(app: GraphApp) -> TestResponse:
    wish = TokenWish(TokenKind.IG_USER, usual_scopes(TokenKind.IG_USER), 60 * DAY_MS, HOUR_MS)
    value = app.world.issue_token(wish).value
    path = "/graph.instagram.com/refresh_access_token"
    return app.ask(path, value, grant_type="ig_refresh_token")


def lapsed(app: GraphApp) -> TestResponse:
    wish = TokenWish(TokenKind.PAGE, usual_scopes(TokenKind.PAGE), None, 91 * DAY_MS)
    return app.ask("/me", app.world.issue_token(wish).value)


def token_of_the_other_login(app: GraphApp) -> TestResponse:
    return app.ask("/graph.instagram.com/me")


def text_with_attachment(app: GraphApp) -> TestResponse:
    app.world.send_text(app.tester.username, "oi")
    heart = {"text": "and this", "attachment": {"type": "like_heart"}}
    return app.post("/me/messages", recipient={"id": app.tester.igsid}, message=heart)


def plural_field(app: GraphApp) -> TestResponse:
    return app.post("/me/subscribed_apps", subscribed_fields="messaging_referrals")


def mailbox_without_permission(app: GraphApp) -> TestResponse:
    without(Permission.MANAGE_MESSAGES, app)
    return app.ask("/me/conversations", platform="instagram")


def conversation_without_permission(app: GraphApp) -> TestResponse:
    app.world.send_text(app.tester.username, "oi")
    (found,) = app.read("/me/conversations", platform="instagram")["data"]
    without(Permission.MANAGE_MESSAGES, app)
    return app.ask(f"/{found['id']}")


def greetings_without_permission(app: GraphApp) -> TestResponse:
    scopes = ("pages_messaging",)
    token = app.world.issue_token(TokenWish(TokenKind.PAGE, scopes, DAY_MS)).value
    return app.ask("/me/messenger_profile", token, platform="instagram", fields="ice_breakers")


def plural_role(app: GraphApp) -> TestResponse:
    form = {"user": app.tester.username, "role": "testers", "access_token": app.app_token()}
    return app.client.post(f"/{app.world.app.id}/roles", data=form)


def no_access(app: GraphApp) -> TestResponse:
    return app.send(app.tester.igsid)


CASES: tuple[tuple[str, str, Situation, Code], ...] = (
    ("unknown_version", "2500", unknown_version, (2500, None)),
    ("unknown_version", "2635", unknown_version, (2635, None)),
    ("first_contact", "10/2534022", first_contact, (10, 2534022)),
    ("first_contact", "100/2534014", first_contact, (100, 2534014)),
    ("send_without_role", "200/2018028", send_to_stranger, (200, 2018028)),
    ("send_without_role", "10/2534022", send_to_stranger, (10, 2534022)),
    ("profile_without_role", "100/33", profile_of_stranger, (100, 33)),
    ("profile_without_role", "230", profile_of_stranger, (230, None)),
    ("profile_without_role", "10", profile_of_stranger, (10, None)),
    ("blocked_customer", "551/1545041", send_to_who_blocked, (551, 1545041)),
    ("blocked_customer", "200/1545041", send_to_who_blocked, (200, 1545041)),
    ("blocked_customer", "2", send_to_who_blocked, (2, None)),
    ("not_thread_owner", "100/2534037", send_to_the_other_apps_thread, (100, 2534037)),
    ("not_thread_owner", "2018300", send_to_the_other_apps_thread, (100, 2018300)),
    ("unsent_message_read", "9000001", read_unsent, (9000001, None)),
    ("unsent_message_read", "100/33", read_unsent, (100, 33)),
    ("human_agent", "not_granted", human_agent, (10, None)),
    ("human_agent", "granted", human_agent, (10, 2534022)),
    ("missing_permission", "by_edge", send_without_permission, (230, None)),
    ("missing_permission", "10", send_without_permission, (10, None)),
    ("missing_permission", "100/33", send_without_permission, (100, 33)),
    ("missing_permission", "by_edge", account_without_permission, (10, None)),
    ("missing_permission", "100/33", account_without_permission, (100, 33)),
    ("missing_permission", "by_edge", profile_without_permission, (10, None)),
    ("missing_permission", "100/33", profile_without_permission, (100, 33)),
    ("missing_permission", "by_edge", subscribe_without_permission, (200, None)),
    ("missing_permission", "10", subscribe_without_permission, (10, None)),
    ("missing_permission", "100/33", subscribe_without_permission, (100, 33)),
    ("login_faults", "by_cause", wrong_secret, (1, None)),
    ("login_faults", "100", wrong_secret, (100, None)),
    ("login_faults", "by_cause", wrong_redirect, (100, 36008)),
    ("login_faults", "100", wrong_redirect, (100, None)),
    ("refused_refresh", "100_and_452", young_refresh, (100, None)),
    ("refused_refresh", "10", young_refresh, (10, None)),
    ("lapsed_data_access", "10", lapsed, (10, None)),
    ("lapsed_data_access", "190/463", lapsed, (190, 463)),
    ("other_login_token", "190", token_of_the_other_login, (190, None)),
    ("other_login_token", "10", token_of_the_other_login, (10, None)),
    ("text_with_attachment", "100/2018191", text_with_attachment, (100, 2018191)),
    ("field_spellings", "instagram", plural_field, (100, None)),
    ("mailbox_permission", "230", mailbox_without_permission, (230, None)),
    ("mailbox_permission", "298", mailbox_without_permission, (298, None)),
    ("mailbox_permission", "298", conversation_without_permission, (298, None)),
    ("mailbox_permission", "298", greetings_without_permission, (230, None)),
    ("role_words", "singular", plural_role, (100, None)),
    ("message_access", "on", no_access, (10, 2534022)),
    ("message_access", "off", no_access, (200, 2534041)),
)


@pytest.mark.parametrize(("choice", "word", "situation", "code"), CASES)
def test_the_choice_decides_the_error(
    app: GraphApp, choice: str, word: str, situation: Situation, code: Code
) -> None:
    app.world.choose({choice: word})

    assert code_of(situation(app)) == code


def test_an_edge_of_no_node_is_a_path_of_nothing(app: GraphApp) -> None:
    """§7.2: 2500 for a name that is no edge; 100/33 for an edge that this node has not."""
    page = app.world.page.id

    nothing = [app.ask(f"/{page}/nonsense"), app.post("/me/nonsense")]
    elsewhere = [app.ask(f"/{page}/subscriptions"), app.post("/me/conversations")]
    nobody = app.ask("/123456789012345/nonsense")

    assert [code_of(one) for one in nothing] == [(2500, None)] * 2
    assert nothing[0].get_json()["error"]["message"] == "Unknown path components: /nonsense"
    assert [code_of(one) for one in elsewhere] == [(100, 33)] * 2
    assert code_of(nobody) == (100, 33)


def test_of_text_with_attachment_only_the_attachment_is_sent(app: GraphApp) -> None:
    app.world.choose({"text_with_attachment": "attachment_only"})

    sent = text_with_attachment(app).get_json()["message_id"]

    message = app.world.thread_of(app.tester.username)[-1]
    assert (message.mid, message.text) == (sent, "")
    assert [one.type for one in message.attachments] == ["like_heart"]


def test_field_spellings_are_all_taken_and_kept_in_one(app: GraphApp) -> None:
    app.world.choose({"field_spellings": "all"})

    assert plural_field(app).get_json() == {"success": True}
    assert app.world.page_fields == ("messaging_referral",)


def test_role_words_in_the_singular_are_told_and_taken(app: GraphApp) -> None:
    app.world.choose({"role_words": "singular"})
    path, token = f"/{app.world.app.id}/roles", app.app_token()
    form = {"user": app.tester.username, "role": "developer", "access_token": token}

    told = app.client.get(path, query_string={"access_token": token}).get_json()["data"]

    assert [one["role"] for one in told] == ["administrator", "tester"]
    assert app.client.post(path, data=form).get_json() == {"success": True}


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("1000_bytes", "(#100) Length of param message[text] must be less than or equal to 1000"),
        (
            "2000_characters",
            "(#100) Length of param message[text] must be less than or equal to 2000",
        ),
    ],
)
def test_the_text_limit_is_named(app: GraphApp, word: str, text: str) -> None:
    app.world.choose({"text_limit": word})

    assert long_text(app).get_json()["error"]["message"] == text


def test_2000_characters_count_characters(app: GraphApp) -> None:
    app.world.choose({"text_limit": "2000_characters"})
    app.world.send_text(app.tester.username, "oi")

    assert app.send(app.tester.igsid, "é" * 2000).status_code == 200


@pytest.mark.parametrize(
    ("word", "statuses"), [("400", [400, 400, 400, 404]), ("by_family", [401, 403, 403, 404])]
)
def test_http_status(app: GraphApp, word: str, statuses: list[int]) -> None:
    app.world.choose({"http_status": word})

    answers = [
        app.ask("/me", "nonsense"),
        first_contact(app),
        send_to_stranger(app),
        app.ask("/nobody.at.all"),
    ]

    assert [answer.status_code for answer in answers] == statuses


@pytest.mark.parametrize(
    ("word", "words"),
    [("role_text", "an appropriate role on the Page"), ("permission_text", "sufficient permis")],
)
def test_a_lost_page_role(app: GraphApp, word: str, words: str) -> None:
    app.world.choose({"lost_page_role": word})
    app.world.kill_token("1", DeathCause.PAGE_ROLE_LOST)

    error = app.read("/me")["error"]
    inspected = app.read("/debug_token", app.app_token(), input_token=app.world.page.access_token)

    assert (error["code"], error["error_subcode"]) == (190, 492)
    assert words in error["message"]
    assert words in inspected["data"]["error"]["message"]


@pytest.mark.parametrize(
    ("word", "begins"),
    [
        ("edge_text", "(#2200) Callback verification failed"),
        ("dashboard_text", "The URL couldn't be validated. Callback verification failed"),
    ],
)
def test_a_failed_verification(app: GraphApp, emulator: Emulator, word: str, begins: str) -> None:
    app.world.choose({"failed_verification": word})
    emulator.parts.sender._transport.script(403)  # type: ignore[attr-defined]

    answer = app.client.post(
        f"/{app.world.app.id}/subscriptions",
        query_string={
            "access_token": app.app_token(), "object": "instagram", "verify_token": "v",
            "callback_url": "http://app.example/", "fields": "messages",
        },
    )  # fmt: skip

    assert answer.get_json()["error"]["message"].startswith(begins)


@pytest.mark.parametrize(
    ("locale", "asked", "message"),
    [
        ("en_US", None, "(#10) This message is sent outside of allowed window."),
        ("pt_BR", None, "(#10) Esta mensagem foi enviada fora da janela permitida."),
        ("en_US", "ja_JP", "(#10) このメッセージは許可された期間外に送信されました。"),
        ("pt_BR", "en_US", "(#10) This message is sent outside of allowed window."),
    ],
)
def test_error_texts_have_a_language(
    app: GraphApp, locale: str, asked: str | None, message: str
) -> None:
    app.world.choose({"locale": locale})
    path = "/me/messages" if asked is None else f"/me/messages?locale={asked}"

    answer = app.post(path, recipient={"id": app.tester.igsid}, message={"text": "x"})

    assert answer.get_json()["error"]["message"].startswith(message)


def test_every_switch_of_an_error_names_a_choice_and_its_words() -> None:
    unknown = [
        (error, name, word)
        for error, (name, instead) in SWITCHES.items()
        for word in instead
        if Choices().with_wishes({name: word}) == Choices()
    ]

    assert unknown == []
