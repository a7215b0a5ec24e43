"""The Pages of a person and their Instagram account (meta-contract §5.1)."""

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.tokens import HOUR_MS, TokenKind
from fake_meta.world import TokenWish, World
from tests.fakes.graph_reader import GraphReader

SCOPES = ("pages_show_list", "instagram_basic", "instagram_manage_messages")


def reader(client: FlaskClient, world: World, *scopes: str) -> GraphReader:
    """Reads with a user token that carries these permissions."""
    graph = GraphReader(client, world)
    graph.token = world.issue_token(TokenWish(TokenKind.USER, scopes, HOUR_MS)).value
    return graph


@pytest.fixture
def graph(client: FlaskClient, world: World) -> GraphReader:
    return reader(client, world, *SCOPES)


def test_a_person_sees_their_pages(graph: GraphReader) -> None:
    page = graph.get("me/accounts")["data"][0]

    assert page["id"] == graph.world.page.id
    assert sorted(page) == ["access_token", "category", "category_list", "id", "name", "tasks"]
    assert "MESSAGING" in page["tasks"]


def test_the_pages_of_a_person_have_cursors_and_an_end(graph: GraphReader) -> None:
    paging = graph.get("me/accounts", fields="id")["paging"]

    assert list(paging) == ["cursors"]
    assert graph.get("me/accounts", after=paging["cursors"]["after"]) == {"data": []}


def test_the_token_of_the_page_reads_its_conversations(graph: GraphReader) -> None:
    token = graph.get("me/accounts", fields="access_token")["data"][0]["access_token"]

    conversations = graph.conversations(access_token=token)

    assert token != graph.token
    assert conversations == {"data": []}


def test_the_page_shows_its_account_at_any_depth(graph: GraphReader) -> None:
    fields = "accounts{instagram_business_account{username}}"

    page = graph.get("me", fields=fields)["accounts"]["data"][0]

    account = graph.world.account
    assert page["instagram_business_account"] == {"username": account.username, "id": account.id}


@pytest.mark.parametrize("owned", ["first", "second"])
def test_without_business_management_pages_of_a_business_are_absent(
    client: FlaskClient, world: World, owned: str
) -> None:
    names = {"first": world.account.username, "second": world.create_company().username}
    left = {world.of(name).page.id for key, name in names.items() if key != owned}
    client.patch("/_control/account", json={"account": names[owned], "of_a_business": True})

    without = reader(client, world, "pages_show_list").get("me/accounts", fields="id")
    also = reader(client, world, "pages_show_list", "business_management").get("me/accounts")

    assert {one["id"] for one in without["data"]} == left
    assert len(also["data"]) == len(names)


def test_without_pages_show_list_there_are_none(client: FlaskClient, world: World) -> None:
    assert reader(client, world, "instagram_basic").get("me/accounts") == {"data": []}


def test_without_instagram_basic_the_account_is_absent(client: FlaskClient, world: World) -> None:
    graph = reader(client, world, "pages_show_list")

    page = graph.get("me/accounts", fields="instagram_business_account")["data"][0]

    assert page == {"id": world.page.id}


def test_the_pages_of_a_person_need_a_user_token(client: FlaskClient, world: World) -> None:
    assert GraphReader(client, world).get("me/accounts")["error"]["code"] == 100


def test_only_the_token_of_an_inbox_reads_it(client: FlaskClient, world: World) -> None:
    customer = world.customers[0]
    message = world.send_text(customer.username, "oi")
    person = reader(client, world, *SCOPES)
    app = reader(client, world)
    app.token = world.app.token

    refused = [one.code(path) for one in (person, app) for path in (customer.igsid, message.mid)]

    assert refused == [(100, 33)] * 4


def test_an_instagram_token_reads_conversations_of_its_account(
    client: FlaskClient, world: World
) -> None:
    world.send_text(world.customers[0].username, "oi")
    scopes = ("instagram_business_basic", "instagram_business_manage_messages")
    token = world.issue_token(TokenWish(TokenKind.IG_USER, scopes, HOUR_MS)).value
    address = f"/graph.instagram.com/v25.0/{world.account.id}/conversations"
    query = {"access_token": token, "fields": "messages", "limit": "1"}

    conversation = client.get(address, query_string=query).get_json()["data"][0]

    assert sorted(conversation["messages"]["data"][0]) == ["created_time", "id", "is_unsupported"]
