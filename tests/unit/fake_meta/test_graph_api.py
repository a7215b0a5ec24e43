"""The Graph API through its door: tokens, versions, nodes, sends, errors (meta-contract §4-§7)."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.app import Emulator
from fake_meta.domain.accounts import AccessLevel, Customer, Permission, ProfileFault
from fake_meta.domain.threads import Surface
from fake_meta.graph_api.versions import served_version
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.hand_fetcher import PNG, HandFetcher
from tests.fakes.hand_transport import HandTransport


class Graph:
    """The app's side of the Graph API, with the Page token."""

    def __init__(self, client: FlaskClient, world: World) -> None:
        self.client = client
        self.world = world

    def get(self, path: str, token: str | None = None, **query: str) -> TestResponse:
        asked = {"access_token": token or self.world.page.access_token, **query}
        return self.client.get(path, query_string=asked)

    def send(self, recipient: str, path: str = "/v25.0/me/messages", **body: Any) -> TestResponse:
        message = {"recipient": {"id": recipient}, **body}
        bearer = f"Bearer {self.world.page.access_token}"
        return self.client.post(path, json=message, headers={"Authorization": bearer})


@pytest.fixture
def graph(client: FlaskClient, world: World) -> Graph:
    return Graph(client, world)


def code_of(response: TestResponse) -> tuple[int, int | None]:
    error = response.get_json()["error"]
    return error["code"], error.get("error_subcode")


@pytest.mark.parametrize("path", ["/me", "/v25.0/me", "/v18.0/me/", "/v3.2/me", "/v26.0/me"])
def test_the_token_names_the_page(graph: Graph, path: str) -> None:
    response = graph.get(path)

    assert response.get_json() == {"name": "Empresa Exemplo", "id": graph.world.page.id}


@pytest.mark.parametrize(
    ("segment", "served"),
    [
        ("v25.0", "v25.0"),
        ("v18.0", "v18.0"),
        ("v3.2", "v18.0"),
        ("v2.12", "v18.0"),
        ("v99.0", None),
        ("v25.1", None),
        ("me", None),
    ],
)
def test_versions_are_served_by_a_living_one(segment: str, served: str | None) -> None:
    assert served_version(segment) == served


def test_every_answer_names_the_version_used(graph: Graph) -> None:
    unversioned, retired = graph.get("/me"), graph.get("/v3.2/me")

    assert unversioned.headers["facebook-api-version"] == "v25.0"
    assert retired.headers["facebook-api-version"] == "v18.0"


def test_a_version_that_never_was_is_an_error(graph: Graph) -> None:
    assert code_of(graph.get("/v99.0/me")) == (2500, None)


def test_an_error_names_its_trace_in_body_and_header(graph: Graph) -> None:
    response = graph.get("/12334")

    assert response.status_code == 400
    assert response.headers["x-fb-trace-id"] == response.get_json()["error"]["fbtrace_id"]
    assert code_of(response) == (100, 33)


@pytest.mark.parametrize(
    ("path", "token", "code"),
    [("/me", "", 2500), ("/12334", "", 104), ("/me", "EAAwrong", 190), ("/me", "1|wrong", 190)],
)
def test_a_bad_token_is_refused(client: FlaskClient, path: str, token: str, code: int) -> None:
    response = client.get(path, query_string={"access_token": token} if token else {})

    assert code_of(response)[0] == code


def test_answers_are_in_metas_wire_form(graph: Graph, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")

    response = graph.get(f"/{tester.igsid}", fields="profile_pic")

    assert b"http:\\/\\/" in response.data


@pytest.mark.parametrize(
    "place",
    [
        {"query_string": True},
        {"data": True},
        {"json": True},
        {"headers": True},
    ],
)
def test_the_token_is_found_wherever_clients_put_it(
    client: FlaskClient, world: World, place: dict[str, bool]
) -> None:
    token = world.page.access_token
    carried = {"access_token": token, "subscribed_fields": "messages"}
    kind = next(iter(place))
    arguments: dict[str, Any] = {kind: carried}
    in_header = {
        "headers": {"Authorization": f"Bearer {token}"},
        "query_string": {"subscribed_fields": "messages"},
    }

    response = client.post("/me/subscribed_apps", **(in_header if kind == "headers" else arguments))

    assert response.get_json() == {"success": True}


def test_the_page_shows_its_instagram_account(graph: Graph) -> None:
    answer = graph.get("/me", fields="instagram_business_account{id,username}").get_json()

    account = graph.world.account
    assert answer["instagram_business_account"] == {"username": account.username, "id": account.id}


def test_without_instagram_basic_the_account_is_absent(graph: Graph) -> None:
    graph.world.configure_app(None, {Permission.BASIC: AccessLevel.NONE})

    answer = graph.get("/me", fields="instagram_business_account").get_json()

    assert "instagram_business_account" not in answer
    assert code_of(graph.get(f"/{graph.world.account.id}"))[0] == 10


def test_an_unknown_field_is_named(graph: Graph) -> None:
    message = graph.get("/me", fields="shoe_size").get_json()["error"]["message"]

    assert message == "(#100) Tried accessing nonexisting field (shoe_size) on node type (Page)"


def test_a_profile_is_read_after_the_first_message(graph: Graph, tester: Customer) -> None:
    before = graph.get(f"/{tester.igsid}")
    graph.world.send_text(tester.username, "oi")

    after = graph.get(f"/{tester.igsid}", fields="name,username")

    assert code_of(before) == (230, None)
    assert after.get_json() == {
        "name": tester.name,
        "username": tester.username,
        "id": tester.igsid,
    }


@pytest.mark.parametrize(
    ("fault", "code"), [("consent", 230), ("no_match", 9010), ("missing_permission", 10)]
)
def test_a_profile_fault_has_its_error(
    graph: Graph, tester: Customer, fault: str, code: int
) -> None:
    graph.world.send_text(tester.username, "oi")
    graph.world.change_customer(tester.username, {"profile_fault": ProfileFault(fault)})

    assert code_of(graph.get(f"/{tester.igsid}"))[0] == code


def test_a_profile_may_have_no_name(graph: Graph, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")
    graph.world.change_customer(tester.username, {"profile_fault": ProfileFault.EMPTY_NAME})

    assert graph.get(f"/{tester.igsid}").get_json() == {"name": None, "id": tester.igsid}


def test_a_slow_profile_ends_with_the_process(
    graph: Graph, emulator: Emulator, tester: Customer
) -> None:
    graph.world.send_text(tester.username, "oi")
    graph.world.change_customer(tester.username, {"profile_fault": ProfileFault.TIMEOUT})
    emulator.graph.stopping.set()

    assert graph.get(f"/{tester.igsid}").status_code == 500


def test_a_strangers_profile_is_hidden(graph: Graph, stranger: Customer) -> None:
    graph.world.send_text(stranger.username, "oi")

    assert code_of(graph.get(f"/{stranger.igsid}")) == (100, 33)


def test_a_text_is_sent_and_echoed(
    graph: Graph, tester: Customer, transport: HandTransport
) -> None:
    graph.world.send_text(tester.username, "oi")

    answer = graph.send(tester.igsid, message={"text": "Olá 😊"}).get_json()

    assert answer["recipient_id"] == tester.igsid
    echo = json.loads(transport.requests[-1].body)["entry"][0]["messaging"][0]["message"]
    assert echo == {"mid": answer["message_id"], "text": "Olá 😊", "is_echo": True}


def test_a_form_may_carry_json_as_text(graph: Graph, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")
    form = {
        "access_token": graph.world.page.access_token,
        "recipient": f"{{'id': '{tester.igsid}'}}",
        "message": '{"text": "olá"}',
    }

    response = graph.client.post(f"/v25.0/{graph.world.page.id}/messages", data=form)

    assert response.status_code == 200
    assert graph.world.thread_of(tester.username)[-1].text == "olá"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, (100, None)),
        ({"message": {"text": ""}}, (100, None)),
        ({"message": {"text": "é" * 501}}, (100, None)),
        ({"message": {"text": "x"}, "sender_action": "typing_on"}, (100, 2018014)),
        ({"sender_action": "dance"}, (100, None)),
        ({"message": {"attachment": {"type": "template"}}}, (100, 2534015)),
        ({"message": {"text": "x"}, "tag": "HUMAN_AGENT"}, (10, None)),
        ({"message": {"text": "x"}, "tag": "ACCOUNT_UPDATE"}, (100, None)),
    ],
)
def test_a_bad_send_is_refused(
    graph: Graph, tester: Customer, body: dict[str, Any], code: tuple[int, int | None]
) -> None:
    graph.world.send_text(tester.username, "oi")

    assert code_of(graph.send(tester.igsid, **body)) == code


def test_the_limit_in_bytes_is_in_the_text(graph: Graph, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")

    refused = graph.send(tester.igsid, message={"text": "a" * 1001}).get_json()["error"]

    assert refused["message"].endswith("must be less than or equal to 1000")
    assert graph.send(tester.igsid, message={"text": "a" * 1000}).status_code == 200


def test_sending_from_the_instagram_id_is_refused(graph: Graph, tester: Customer) -> None:
    path = f"/v25.0/{graph.world.account.id}/messages"

    assert code_of(graph.send(tester.igsid, path, message={"text": "x"})) == (3, None)


def test_an_unknown_recipient_is_refused(graph: Graph) -> None:
    assert code_of(graph.send("999", message={"text": "x"})) == (100, 2534014)


def test_a_stranger_cannot_be_sent_to(graph: Graph, stranger: Customer) -> None:
    graph.world.send_text(stranger.username, "oi")

    assert code_of(graph.send(stranger.igsid, message={"text": "x"})) == (200, 2018028)


def test_a_sender_action_answers_only_the_recipient(graph: Graph, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")

    answer = graph.send(tester.igsid, sender_action="typing_on").get_json()

    assert answer == {"recipient_id": tester.igsid}


def test_a_picture_is_downloaded_and_lies_on_the_cdn(
    graph: Graph, tester: Customer, fetcher: HandFetcher
) -> None:
    graph.world.send_text(tester.username, "oi")
    attachment = {"type": "image", "payload": {"url": "https://app.example/a.png"}}

    graph.send(tester.igsid, message={"attachment": attachment})

    url = graph.world.thread_of(tester.username)[-1].url
    assert fetcher.urls == ["https://app.example/a.png"]
    assert url is not None
    assert graph.client.get(url.removeprefix(graph.world.origin)).data == PNG


def test_a_mention_is_read_with_its_story(graph: Graph, tester: Customer) -> None:
    story = graph.world.publish_story(tester.username, ["empresa.exemplo"])

    answer = graph.get(f"/{story.mid}", fields="story,from").get_json()

    assert answer["story"] == {"mention": {"link": story.url, "id": story.id}}
    assert answer["from"] == {"username": tester.username, "id": tester.igsid}


def test_an_unsent_message_is_not_read(graph: Graph, tester: Customer) -> None:
    message = graph.world.send_text(tester.username, "oops")
    graph.world.unsend(tester.username, message.mid, Surface.WEB)

    assert code_of(graph.get(f"/{message.mid}")) == (9000001, None)


def test_the_page_subscription_is_made_read_and_ended(graph: Graph) -> None:
    token = {"access_token": graph.world.page.access_token}
    path = f"/v25.0/{graph.world.page.id}/subscribed_apps"

    made = graph.client.post(path, query_string={**token, "subscribed_fields": "['messages']"})
    read = graph.get(path).get_json()
    ended = graph.client.delete(path, query_string=token)

    assert made.get_json() == ended.get_json() == {"success": True}
    assert read["data"][0]["subscribed_fields"] == ["messages"]
    assert graph.get(path).get_json() == {"data": []}


def test_the_page_subscription_needs_fields_and_permission(graph: Graph) -> None:
    token = {"access_token": graph.world.page.access_token}
    without_fields = graph.client.post("/me/subscribed_apps", query_string=token)
    graph.world.configure_app(None, {Permission.MANAGE_METADATA: AccessLevel.NONE})

    refused = graph.client.post(
        "/me/subscribed_apps", query_string={**token, "subscribed_fields": "messages"}
    )

    assert (code_of(without_fields)[0], code_of(refused)[0]) == (100, 200)


def subscribe(client: FlaskClient, world: World, **changes: str) -> TestResponse:
    form = {
        "object": "instagram",
        "callback_url": "https://app.example/hook",
        "fields": "messages,messaging_referrals",
        "verify_token": "verify-me",
        "access_token": world.app.token,
        **changes,
    }
    return client.post(f"/v25.0/{world.app.id}/subscriptions", data=form)


def test_the_app_subscribes_after_a_handshake(
    client: FlaskClient, world: World, transport: HandTransport
) -> None:
    response = subscribe(client, world)

    assert response.get_json() == {"success": True}
    assert transport.requests[0].method == "GET"
    assert world.subscriptions[0].fields == ("messages", "messaging_referral")


def test_a_failed_handshake_leaves_the_subscription_as_it_was(
    client: FlaskClient, world: World, transport: HandTransport
) -> None:
    transport.script(403)

    response = subscribe(client, world)

    assert code_of(response) == (2200, None)
    assert world.subscriptions[0].callback_url == "http://app.example/webhook"


@pytest.mark.parametrize(
    "changes",
    [{"object": "shoes"}, {"fields": "shoes"}, {"callback_url": "ftp://x"}, {"fields": ""}],
)
def test_a_bad_subscription_is_refused(
    client: FlaskClient, world: World, changes: dict[str, str]
) -> None:
    assert code_of(subscribe(client, world, **changes)) == (100, None)


def test_the_app_edge_needs_the_app_token(client: FlaskClient, world: World) -> None:
    assert code_of(subscribe(client, world, access_token=world.page.access_token))[0] == 190


def test_an_app_subscription_is_read_and_removed(client: FlaskClient, world: World) -> None:
    path, token = f"/{world.app.id}/subscriptions", {"access_token": world.app.token}

    read = client.get(path, query_string=token).get_json()["data"]
    client.delete(path, query_string={**token, "object": "instagram"})

    assert read[0]["fields"] == [{"name": "messages", "version": "v25.0"}]
    assert world.subscriptions == ()


def test_a_token_is_inspected(graph: Graph) -> None:
    data = graph.get(
        "/debug_token", graph.world.app.token, input_token=graph.world.page.access_token
    ).get_json()["data"]

    assert (data["is_valid"], data["type"]) == (True, "PAGE")
    assert "instagram_manage_messages" in data["scopes"]


def test_an_invalid_token_is_inspected_with_200(graph: Graph) -> None:
    response = graph.get("/debug_token", graph.world.app.token, input_token="nonsense")

    assert (response.status_code, response.get_json()["data"]["is_valid"]) == (200, False)


def test_a_right_proof_passes_and_a_wrong_one_does_not(graph: Graph) -> None:
    secret, token = graph.world.app.secret, graph.world.page.access_token
    proof = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()

    right, wrong = (graph.get("/me", appsecret_proof=one) for one in (proof, "00"))

    assert (right.status_code, code_of(wrong)[0]) == (200, 100)


def test_every_call_is_journalled_with_its_bytes(
    graph: Graph, tester: Customer, journal: Journal
) -> None:
    graph.world.send_text(tester.username, "oi")

    sent = graph.send(tester.igsid, message={"text": "olá"})

    entry = journal.find(Query(kind="graph_call"))[0]
    assert entry.request is not None
    assert entry.response is not None
    assert json.loads(entry.request.body)["message"] == {"text": "olá"}
    assert entry.response.body == sent.data
    assert (entry.customer, entry.mids) == (tester.username, (sent.get_json()["message_id"],))


def test_a_refused_call_is_journalled_with_its_reason(graph: Graph, journal: Journal) -> None:
    graph.get("/me", "EAAwrong")

    entry = journal.find(Query(kind="graph_call"))[0]
    assert entry.reason == "Invalid OAuth access token - Cannot parse access token"


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/12334"), ("DELETE", "/me"), ("GET", "/me/subscriptions")]
)
def test_an_edge_that_does_not_exist_is_missing(graph: Graph, method: str, path: str) -> None:
    token = {"access_token": graph.world.page.access_token}

    assert code_of(graph.client.open(path, method=method, query_string=token)) == (100, 33)


def test_a_broken_body_is_refused(graph: Graph) -> None:
    token = {"access_token": graph.world.page.access_token}

    response = graph.client.post(
        "/me/messages", data="{oops", content_type="application/json", query_string=token
    )

    assert code_of(response) == (100, None)


@pytest.mark.parametrize("path", ["/me", "/v25.0/me"])
def test_both_doors_read_a_multipart_form(graph: Graph, tester: Customer, path: str) -> None:
    graph.world.send_text(tester.username, "oi")
    form = {
        "access_token": graph.world.page.access_token,
        "recipient": f'{{"id":"{tester.igsid}"}}',
        "message": '{"text":"ação"}',
    }

    response = graph.client.post(f"{path}/messages", data=form, content_type="multipart/form-data")

    assert response.status_code == 200
    assert graph.world.thread_of(tester.username)[-1].text == "ação"


def test_both_doors_answer_alike(graph: Graph) -> None:
    slow, quick = (graph.get(path, fields="id,name") for path in ("/me", "/v25.0/me"))

    assert slow.data == quick.data
    assert set(slow.headers.keys()) == set(quick.headers.keys())


def test_a_call_is_journalled_with_its_whole_address(graph: Graph, journal: Journal) -> None:
    graph.get("/v25.0/me", fields="id")

    request = journal.find(Query(kind="graph_call"))[0].request
    assert request is not None
    assert request.url.startswith("http://localhost/v25.0/me?access_token=EAA")
    assert request.headers["Host"] == "localhost"


def test_a_form_without_content_type_and_with_brackets_is_read(
    client: FlaskClient, world: World, tester: Customer
) -> None:
    world.send_text(tester.username, "oi")
    body = f"recipient[id]={tester.igsid}&message[text]=ok&access_token={world.page.access_token}"

    answer = client.post("/me/messages", data=body)

    assert answer.get_json()["recipient_id"] == tester.igsid


def test_a_post_may_stand_for_a_delete(client: FlaskClient, world: World) -> None:
    form = {"method": "delete", "access_token": world.page.access_token}

    answer = client.post(f"/{world.page.id}/subscribed_apps", data=form)

    assert (answer.get_json(), world.page_fields) == ({"success": True}, None)
