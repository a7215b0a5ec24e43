"""What exactly fails without each permission: meta-contract §6.6, row by row.

Each permission is taken away in both ways: the app has it not (`app`), or the person did not
grant it to the token (`token`).
"""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.login import Flavour
from fake_meta.domain.scopes import SCOPES
from fake_meta.domain.tokens import DAY_MS, TokenKind
from fake_meta.journal import EntryKind, Journal, Query
from fake_meta.world import TokenWish, World
from tests.fakes.graph_app import GraphApp
from tests.fakes.hand_transport import HandTransport
from tests.fakes.messenger_page import MessengerPage

TO_MANAGE = "(#230) Requires instagram_manage_messages permission"
TO_MESSENGER = "(#230) Requires pages_messaging permission"
NOT_ALLOWED = "(#10) Application does not have permission for this action"
TO_METADATA = "(#200) Requires pages_manage_metadata permission to manage the object"
Told = tuple[int, int | None, str]
BOTH = pytest.mark.parametrize("taken_from", ["app", "token"])


class Poor(GraphApp):
    """The app with one permission less; its customer has written before."""

    def __init__(self, client: FlaskClient, world: World) -> None:
        super().__init__(client, world)
        self.token = world.page.access_token
        self.world.send_text(self.tester.username, "oi")

    def lose(self, taken_from: str, *scopes: str, kind: TokenKind = TokenKind.PAGE) -> "Poor":
        if taken_from == "app":
            access = {Permission(scope): AccessLevel.NONE for scope in scopes}
            self.world.configure_app(None, access)
            left = SCOPES[Flavour.FACEBOOK]
        else:
            left = tuple(one for one in SCOPES[Flavour.FACEBOOK] if one not in scopes)
        self.token = self.world.issue_token(TokenWish(kind, left, DAY_MS)).value
        return self

    def call(self, method: str, path: str, **body: Any) -> Any:
        bearer = {"Authorization": f"Bearer {self.token}"}
        if method == "GET":
            return self.client.get(path, query_string=body, headers=bearer).get_json()
        return self.client.open(path, method=method, json=body, headers=bearer).get_json()

    def answer(self, to: str | None = None, **also: Any) -> Any:
        wanted = {"recipient": {"id": to or self.tester.igsid}, "message": {"text": "olá"}}
        return self.call("POST", "/me/messages", **wanted, **also)


def told(answer: Any) -> Told:
    error = answer["error"]
    return error["code"], error.get("error_subcode"), error["message"]


@pytest.fixture
def poor(client: FlaskClient, world: World) -> Poor:
    return Poor(client, world)


@BOTH
def test_instagram_manage_messages_conversations(poor: Poor, taken_from: str) -> None:
    poor.lose(taken_from, "instagram_manage_messages")

    answer = poor.call("GET", "/me/conversations", platform="instagram")

    assert told(answer) == (230, None, TO_MANAGE)


@BOTH
def test_instagram_manage_messages_send(poor: Poor, taken_from: str) -> None:
    poor.lose(taken_from, "instagram_manage_messages")

    assert told(poor.answer()) == (230, None, TO_MANAGE)


@BOTH
def test_instagram_manage_messages_nor_pages_messaging_send(poor: Poor, taken_from: str) -> None:
    """With neither, Meta names the other one, although the thread is Instagram's."""
    poor.lose(taken_from, "instagram_manage_messages", "pages_messaging")

    conversations = poor.call("GET", "/me/conversations", platform="instagram")

    assert told(poor.answer()) == (230, None, TO_MESSENGER)
    assert told(conversations) == (230, None, TO_MANAGE)


def test_instagram_manage_messages_at_instagram_login(poor: Poor) -> None:
    """Instagram Login has nothing to do with the Page's permission."""
    wish = TokenWish(TokenKind.IG_USER, ("instagram_business_basic",), DAY_MS)
    poor.token = poor.world.issue_token(wish).value
    wanted = {"recipient": {"id": poor.tester.igsid}, "message": {"text": "olá"}}

    answer = poor.call("POST", "/graph.instagram.com/me/messages", **wanted)

    assert told(answer) == (230, None, TO_MANAGE)


def test_neither_is_missing_one_way_each(poor: Poor) -> None:
    poor.lose("app", "pages_messaging")
    poor.lose("token", "instagram_manage_messages")

    assert told(poor.answer()) == (230, None, TO_MESSENGER)


def test_instagram_manage_messages_no_messages_webhook(
    poor: Poor, transport: HandTransport, journal: Journal
) -> None:
    poor.lose("app", "instagram_manage_messages")
    before = len(transport.requests)

    poor.world.send_text(poor.tester.username, "alguém?")

    (silence,) = journal.find(Query(kind=EntryKind.WEBHOOK_NOT_SENT))
    assert len(transport.requests) == before
    assert "instagram_manage_messages" in (silence.reason or "")


@BOTH
def test_instagram_basic_account_absent(poor: Poor, taken_from: str) -> None:
    poor.lose(taken_from, "instagram_basic")

    page = poor.call("GET", "/me", fields="instagram_business_account,id")

    assert page == {"id": poor.world.page.id}


@BOTH
def test_instagram_basic_account_node(poor: Poor, taken_from: str) -> None:
    poor.lose(taken_from, "instagram_basic")

    assert told(poor.call("GET", f"/{poor.world.account.id}")) == (10, None, NOT_ALLOWED)


@BOTH
def test_instagram_basic_profile_of_the_sender(poor: Poor, taken_from: str) -> None:
    poor.lose(taken_from, "instagram_basic")

    assert told(poor.call("GET", f"/{poor.tester.igsid}")) == (10, None, NOT_ALLOWED)
    assert "error" not in poor.call("GET", "/me/conversations", platform="instagram")


@BOTH
def test_pages_manage_metadata(poor: Poor, transport: HandTransport, taken_from: str) -> None:
    poor.world.uninstall_from_page()
    poor.lose(taken_from, "pages_manage_metadata")
    before = len(transport.requests)

    answer = poor.call("POST", "/me/subscribed_apps", subscribed_fields="messages")
    poor.world.send_text(poor.tester.username, "alguém?")

    assert told(answer) == (200, None, TO_METADATA)
    assert len(transport.requests) == before


def test_pages_show_list(poor: Poor) -> None:
    poor.lose("token", "pages_show_list", kind=TokenKind.USER)

    assert poor.call("GET", "/me/accounts") == {"data": []}


def test_business_management(poor: Poor) -> None:
    of_a_business = {"of_a_business": True}
    poor.client.patch("/_control/account", json=of_a_business)
    poor.lose("token", kind=TokenKind.USER)
    with_it = poor.call("GET", "/me/accounts")["data"]

    poor.lose("token", "business_management", kind=TokenKind.USER)

    assert [one["id"] for one in with_it] == [poor.world.page.id]
    assert poor.call("GET", "/me/accounts")["data"] == []


@BOTH
def test_pages_messaging(
    client: FlaskClient, world: World, transport: HandTransport, taken_from: str
) -> None:
    psid = MessengerPage(client, world, transport).written()
    poor = Poor(client, world).lose(taken_from, "pages_messaging")

    assert told(poor.answer(psid)) == (230, None, TO_MESSENGER)


def test_pages_messaging_not_approved(
    client: FlaskClient, world: World, transport: HandTransport
) -> None:
    page = MessengerPage(client, world, transport)
    stranger = world.create_customer({})
    page.inbox.send_text(stranger.username, "alô")

    code, subcode, message = told(page.send(world.psid_of(stranger.username)).get_json())

    assert (code, subcode) == (200, 2018028)
    assert "until pages_messaging permission is reviewed and the app is live" in message


def test_human_agent_feature(poor: Poor) -> None:
    answer = poor.answer(messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")

    assert told(answer) == (10, None, NOT_ALLOWED)


def test_allow_access_switch_off(poor: Poor) -> None:
    poor.world.set_message_access(is_on=False)

    assert told(poor.answer())[:2] == (200, 2534041)


ROWS: dict[str, tuple[Callable[..., None], ...]] = {
    "instagram_manage_messages": (
        test_instagram_manage_messages_conversations,
        test_instagram_manage_messages_send,
        test_instagram_manage_messages_nor_pages_messaging_send,
        test_instagram_manage_messages_at_instagram_login,
        test_instagram_manage_messages_no_messages_webhook,
    ),
    "instagram_basic": (
        test_instagram_basic_account_absent,
        test_instagram_basic_account_node,
        test_instagram_basic_profile_of_the_sender,
    ),
    "pages_manage_metadata": (test_pages_manage_metadata,),
    "pages_show_list": (test_pages_show_list,),
    "pages_messaging": (test_pages_messaging, test_pages_messaging_not_approved),
    "business_management": (test_business_management,),
    "human_agent_feature": (test_human_agent_feature,),
    "allow_access_switch_off": (test_allow_access_switch_off,),
}
"""Every row of §6.6, and its tests by name."""


def test_every_permission_has_its_row() -> None:
    assert {str(one) for one in Permission} <= set(ROWS)
    assert all(name in one.__name__ for name, tests in ROWS.items() for one in tests)
