"""The Conversations API through the Graph API's door (meta-contract §5.4)."""

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.domain.accounts import AccessLevel, Customer, Role
from fake_meta.domain.requests_folder import REQUEST_LIFE_MS
from fake_meta.domain.threads import MessageKind, Reaction, Sender, Surface
from fake_meta.domain.tokens import HOUR_MS, TokenKind
from fake_meta.journal import Journal, Query
from fake_meta.world import TokenWish, World
from tests.fakes.graph_reader import GraphReader, names


@pytest.fixture
def graph(client: FlaskClient, world: World) -> GraphReader:
    return GraphReader(client, world)


@pytest.fixture
def crowd(graph: GraphReader) -> list[Customer]:
    """Five testers who wrote one after the other, under standard access."""
    made = [graph.world.create_customer({"role": Role.TESTER}) for _ in range(5)]
    for customer in made:
        graph.world.send_text(customer.username, f"oi, {customer.name}")
    return made


def test_a_conversation_has_an_id_of_metas_shape_and_its_time(
    graph: GraphReader, crowd: list[Customer]
) -> None:
    first = graph.conversations()["data"][0]

    assert first["id"].startswith("aWdfZAG06MTpJR01lc3NhZA2VUaHJlYWQ6")
    assert sorted(first) == ["id", "updated_time"]
    assert first["updated_time"].endswith("+0000")


def test_the_newest_conversation_comes_first(graph: GraphReader, crowd: list[Customer]) -> None:
    graph.world.send_text(crowd[1].username, "de novo")

    listed = names(graph.conversations(fields="participants"))

    assert listed == [crowd[place].username for place in (1, 4, 3, 2, 0)]


def test_pages_lead_through_all_conversations(graph: GraphReader, crowd: list[Customer]) -> None:
    first = graph.conversations(fields="participants", limit="2")
    second = graph.follow(first["paging"]["next"])
    third = graph.follow(second["paging"]["next"])
    back = graph.follow(third["paging"]["previous"])

    assert names(first) + names(second) + names(third) == [one.username for one in reversed(crowd)]
    assert names(back) == names(second)
    assert "next" not in third["paging"]
    assert "previous" not in first["paging"]


def test_the_address_of_the_next_page_repeats_everything(
    graph: GraphReader, crowd: list[Customer]
) -> None:
    following = graph.conversations(limit="1", fields="id")["paging"]["next"]

    assert following.startswith("http://localhost/v25.0/me/conversations?access_token=EAA")
    assert "&platform=instagram&fields=id&limit=1&after=QVFI" in following


def test_a_conversation_that_moves_up_is_not_listed_twice(
    graph: GraphReader, crowd: list[Customer]
) -> None:
    first = graph.conversations(fields="participants", limit="2")
    graph.world.send_text(crowd[0].username, "de novo")

    second = graph.follow(first["paging"]["next"])

    assert names(second) == [crowd[2].username, crowd[1].username]


def test_an_empty_page_has_no_cursors(graph: GraphReader) -> None:
    assert graph.conversations() == {"data": []}


@pytest.mark.parametrize(
    ("query", "code"),
    [({"limit": "many"}, 100), ({"after": "nonsense"}, 100), ({"folder": "attic"}, 100)],
)
def test_nonsense_in_paging_is_refused(
    graph: GraphReader, query: dict[str, str], code: int
) -> None:
    assert graph.code("me/conversations", platform="instagram", **query) == (code, None)


def test_without_the_platform_messengers_inbox_is_read(
    graph: GraphReader, crowd: list[Customer]
) -> None:
    assert graph.get("me/conversations") == {"data": []}
    assert graph.code("me/conversations", platform="telegram") == (100, None)


def test_one_customer_is_asked_for_by_id(graph: GraphReader, crowd: list[Customer]) -> None:
    found = graph.conversations(user_id=crowd[2].igsid, fields="participants")

    assert names(found) == [crowd[2].username]
    assert sorted(found["paging"]) == ["cursors"]
    assert graph.conversations(user_id="999") == {"data": []}


def test_participants_are_the_company_and_the_customer(
    graph: GraphReader, crowd: list[Customer]
) -> None:
    account = graph.world.account

    found = graph.conversations(fields="participants,is_owner", limit="1")["data"][0]

    assert found["is_owner"] is True
    assert found["participants"] == {
        "data": [
            {"username": account.username, "id": account.id},
            {"username": crowd[4].username, "id": crowd[4].igsid},
        ]
    }


def test_people_without_a_role_are_listed_only_with_advanced_access(
    graph: GraphReader, crowd: list[Customer], stranger: Customer
) -> None:
    graph.world.send_text(stranger.username, "oi")
    standard = names(graph.conversations(fields="participants"))
    graph.grant(AccessLevel.ADVANCED)

    advanced = names(graph.conversations(fields="participants"))

    assert stranger.username not in standard
    assert advanced == [stranger.username, *standard]


def test_who_gets_a_role_later_is_listed(graph: GraphReader, stranger: Customer) -> None:
    graph.world.send_text(stranger.username, "oi")
    graph.world.change_customer(stranger.username, {"role": Role.TESTER})

    assert names(graph.conversations(fields="participants")) == [stranger.username]


def test_a_strangers_conversation_and_messages_are_hidden(
    graph: GraphReader, stranger: Customer
) -> None:
    message = graph.world.send_text(stranger.username, "oi")
    graph.grant(AccessLevel.ADVANCED)
    conversation = graph.conversation_of(stranger.igsid)
    graph.grant(AccessLevel.STANDARD)

    assert graph.code(conversation) == (100, 33)
    assert graph.code(f"{conversation}/messages") == (100, 33)
    assert graph.code(message.mid) == (100, 33)


def test_without_the_permission_nothing_is_read(graph: GraphReader, crowd: list[Customer]) -> None:
    conversation = graph.conversation_of(crowd[0].igsid)
    graph.grant(AccessLevel.NONE)

    assert graph.code("me/conversations", platform="instagram") == (230, None)
    assert graph.code(conversation) == (230, None)


def test_without_message_access_nothing_is_read(graph: GraphReader, crowd: list[Customer]) -> None:
    graph.world.set_message_access(is_on=False)

    assert graph.code("me/conversations", platform="instagram") == (200, 2534041)


def test_a_request_vanishes_after_thirty_days(
    graph: GraphReader, emulator: Emulator, crowd: list[Customer]
) -> None:
    conversation = graph.conversation_of(crowd[0].igsid)
    graph.world.answer(crowd[1].igsid, "olá")

    clock = emulator.parts.clock
    clock.move_to(clock.now_ms() + REQUEST_LIFE_MS)

    assert names(graph.conversations(fields="participants")) == [crowd[1].username]
    assert graph.code(conversation) == (100, 33)


def test_folders_part_requests_from_the_rest(graph: GraphReader, crowd: list[Customer]) -> None:
    graph.world.answer(crowd[1].igsid, "olá")

    inbox = graph.conversations(folder="inbox", fields="participants")
    pending = graph.conversations(folder="pending", fields="participants")

    assert names(inbox) == [crowd[1].username]
    assert names(pending) == [crowd[place].username for place in (4, 3, 2, 0)]
    assert graph.conversations(folder="spam") == {"data": []}


def test_messages_are_listed_newest_first(graph: GraphReader, tester: Customer) -> None:
    sent = graph.world.send_texts(tester.username, ["um", "dois", "três"])

    conversation = graph.conversation_of(tester.igsid)
    listed = graph.get(f"{conversation}/messages")

    assert [one["id"] for one in listed["data"]] == [one.mid for one in reversed(sent)]
    assert sorted(listed["data"][0]) == ["created_time", "id"]


def test_messages_are_read_inside_the_list_of_conversations(
    graph: GraphReader, tester: Customer
) -> None:
    graph.world.send_texts(tester.username, ["um", "dois", "três"])

    fields = "messages.limit(2){message,from{id}}"
    messages = graph.conversations(fields=fields)["data"][0]["messages"]
    rest = graph.follow(messages["paging"]["next"])

    assert [one["message"] for one in messages["data"]] == ["três", "dois"]
    assert messages["data"][0]["from"] == {"id": tester.igsid}
    assert [one["message"] for one in rest["data"]] == ["um"]


def test_conversations_are_a_field_of_the_page(graph: GraphReader, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")

    page = graph.get("me", fields="conversations.platform(instagram){participants{username}}")

    assert names(page["conversations"]) == [tester.username]


def test_a_user_token_reads_no_conversations_through_the_page(
    graph: GraphReader, world: World
) -> None:
    scopes = ("pages_show_list", "instagram_manage_messages")
    graph.token = world.issue_token(TokenWish(TokenKind.USER, scopes, HOUR_MS)).value

    assert graph.code(world.page.id, fields="conversations") == (190, None)


@pytest.mark.parametrize(
    "asked", ["https://graph.facebook.com", "https://emulator.example", "http://emulator.example"]
)
def test_the_next_page_lies_where_the_caller_is(
    graph: GraphReader, crowd: list[Customer], asked: str
) -> None:
    query = {"access_token": graph.token, "platform": "instagram", "limit": "1"}

    answer = graph.client.get("/me/conversations", query_string=query, base_url=asked).get_json()

    assert answer["paging"]["next"].startswith(f"{asked}/v25.0/me/conversations?")


def test_the_next_page_is_met_through_the_tls_front_again(
    graph: GraphReader, crowd: list[Customer], journal: Journal
) -> None:
    query = {"access_token": graph.token, "platform": "instagram", "limit": "1"}
    behind_the_front = {"base_url": "http://graph.facebook.com", "query_string": query}

    answer = graph.client.get("/v25.0/me/conversations", **behind_the_front).get_json()

    here = "https://graph.facebook.com/v25.0/me/conversations?"
    assert answer["paging"]["next"].startswith(here)
    request = journal.find(Query(kind="graph_call"))[-1].request
    assert request is not None
    assert request.url.startswith(here)


def test_another_app_in_control_owns_the_thread(graph: GraphReader, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")
    before = graph.conversations(fields="is_owner")["data"][0]["is_owner"]

    graph.world.pass_control(tester.igsid, graph.world.second_app_id, None)

    assert before is True
    assert graph.conversations(fields="is_owner")["data"][0]["is_owner"] is False


def test_only_the_newest_twenty_are_read_in_detail(graph: GraphReader, tester: Customer) -> None:
    sent = graph.world.send_texts(tester.username, [f"mensagem {n}" for n in range(22)])
    conversation = graph.conversation_of(tester.igsid)

    listed = graph.get(f"{conversation}/messages", fields="id,message", limit="50")["data"]

    assert [one.get("message") for one in listed[19:]] == ["mensagem 2", None, None]
    assert graph.get(sent[2].mid, fields="message")["message"] == "mensagem 2"
    assert graph.code(sent[1].mid) == (9000001, None)


def test_an_unsent_message_is_not_listed(graph: GraphReader, tester: Customer) -> None:
    kept, oops = graph.world.send_texts(tester.username, ["fica", "oops"])
    graph.world.unsend(tester.username, oops.mid, Surface.WEB)

    listed = graph.get(f"{graph.conversation_of(tester.igsid)}/messages")["data"]

    assert [one["id"] for one in listed] == [kept.mid]


def test_a_picture_is_shown_with_its_size(graph: GraphReader, tester: Customer) -> None:
    message = graph.world.send_media(tester.username, MessageKind.IMAGE)

    shown = graph.get(message.mid, fields="attachments")["attachments"]["data"][0]

    assert shown["image_data"]["url"] == message.url
    assert (shown["image_data"]["width"], shown["image_data"]["max_height"]) == (480, 360)


def test_the_size_of_a_film_is_told(graph: GraphReader, tester: Customer) -> None:
    message = graph.world.send_media(tester.username, MessageKind.VIDEO)

    shown = graph.get(message.mid, fields="attachments")["attachments"]["data"][0]

    assert (shown["video_data"]["width"], shown["video_data"]["height"]) == (96, 72)


@pytest.mark.parametrize("kind", [MessageKind.IMAGE, MessageKind.AUDIO])
def test_what_another_attachment_would_have_may_be_asked_of_any(
    graph: GraphReader, tester: Customer, kind: MessageKind
) -> None:
    message = graph.world.send_media(tester.username, kind)

    asked = "attachments{image_data{url},video_data{url},file_url,mime_type}"
    (shown,) = graph.get(message.mid, fields=asked)["attachments"]["data"]

    at = {"image_data": {"url": message.url}}
    assert shown == (at if kind is MessageKind.IMAGE else {"file_url": message.url})


def test_a_story_is_asked_by_either_relation(graph: GraphReader, tester: Customer) -> None:
    story = graph.world.publish_story(tester.username, ["empresa.exemplo"])
    assert story.mid is not None

    shown = graph.get(story.mid, fields="story{mention{link},reply_to{link}}")["story"]

    assert list(shown) == ["mention"]


def test_an_unknown_part_of_an_attachment_is_an_error(graph: GraphReader, tester: Customer) -> None:
    message = graph.world.send_media(tester.username, MessageKind.IMAGE)

    assert graph.get(message.mid, fields="attachments{colour}")["error"]["code"] == 100


def test_a_shared_post_is_among_the_shares(graph: GraphReader, tester: Customer) -> None:
    message = graph.world.send_media(tester.username, MessageKind.IG_POST)

    shown = graph.get(message.mid, fields="shares,attachments,is_unsupported")

    assert shown == {
        "shares": {"data": [{"link": message.url}]},
        "is_unsupported": False,
        "id": message.mid,
    }


def test_a_reaction_names_who_reacted(graph: GraphReader, tester: Customer) -> None:
    message = graph.world.send_text(tester.username, "oi")
    graph.world.react(tester.username, message.mid, Reaction(Sender.CUSTOMER, "love", "❤️"))

    reactions = graph.get(message.mid, fields="reactions")["reactions"]

    users = [{"username": tester.username, "id": tester.igsid}]
    assert reactions == {"data": [{"reaction": "love", "users": users}]}


def test_an_inline_reply_names_what_it_answers(graph: GraphReader, tester: Customer) -> None:
    message = graph.world.send_text(tester.username, "oi")
    reply = graph.world.send_reply(tester.username, "e aí?", message.mid)

    assert graph.get(reply.mid, fields="reply_to")["reply_to"] == {"mid": message.mid}


def test_unknown_fields_are_named_at_any_depth(graph: GraphReader, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")

    deep = graph.conversations(fields="messages{from{shoe_size}}")["error"]["message"]

    assert deep == "(#100) Tried accessing nonexisting field (shoe_size) on node type (User)"


def test_a_selection_that_is_none_is_a_syntax_error(graph: GraphReader) -> None:
    error = graph.get("me", fields="name}")["error"]

    assert error["code"] == 2500
    assert error["message"].startswith('Syntax error "Expected end of string instead of "}"."')


@pytest.mark.parametrize(
    "query",
    [
        "fields=name,category",
        "fields=name%20,%20category",
        'fields=["name","category"]',
        "fields=['name',%20'category']",
        "fields[]=name&fields[]=category",
        "fields[0]=name&fields[1]=category",
        "fields=name&fields=category",
    ],
)
def test_fields_are_understood_in_every_spelling(graph: GraphReader, query: str) -> None:
    address = f"/v25.0/me?access_token={graph.token}&{query}"

    answer = graph.client.get(address).get_json()

    assert sorted(answer) == ["category", "id", "name"]
