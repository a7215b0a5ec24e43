"""Batch requests, `?ids=` and ETags through the Graph API's door (meta-contract §5.5)."""

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.accounts import Customer
from fake_meta.domain.json_path import found_at
from fake_meta.graph_api.etag import is_known
from fake_meta.graph_api.tokens import proof_of
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.graph_reader import GraphReader


@pytest.fixture
def graph(client: FlaskClient, world: World) -> GraphReader:
    return GraphReader(client, world)


def batch(graph: GraphReader, *items: Any, path: str = "/", **more: Any) -> Any:
    body = {"access_token": graph.token, "batch": list(items), **more}
    return graph.client.post(path, json=body).get_json()


def bodies(answers: Any) -> list[Any]:
    return [json.loads(one["body"]) for one in answers]


def test_items_are_answered_in_their_order(graph: GraphReader) -> None:
    page, account = graph.world.page, graph.world.account

    answers = batch(
        graph,
        {"method": "GET", "relative_url": "me?fields=id"},
        {"method": "GET", "relative_url": "nobody"},
        {"relative_url": f"/v20.0/{account.id}?fields=username"},
    )

    assert [one["code"] for one in answers] == [200, 404, 200]
    first, second, third = bodies(answers)
    assert (first, third["username"]) == ({"id": page.id}, account.username)
    assert second["error"]["code"] == 803
    versions = [
        header["value"]
        for one in answers
        for header in one["headers"]
        if header["name"] == "facebook-api-version"
    ]
    assert versions == ["v25.0", "v25.0", "v20.0"]


@pytest.mark.parametrize("path", ["/", "/v25.0", "/v25.0/"])
def test_a_batch_comes_by_form_with_or_without_version(graph: GraphReader, path: str) -> None:
    form = {
        "access_token": graph.token,
        "batch": '[{"method":"GET","relative_url":"me?fields=id"}]',
        "include_headers": "false",
    }

    answers = graph.client.post(path, data=form).get_json()

    assert answers == [{"code": 200, "body": '{"id":"' + graph.world.page.id + '"}'}]


def test_a_message_is_sent_by_an_item(graph: GraphReader, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")
    body = f'recipient={{"id":"{tester.igsid}"}}&message={{"text":"ol%C3%A1"}}'

    answers = batch(graph, {"method": "POST", "relative_url": "me/messages", "body": body})

    message = graph.world.thread_of(tester.username)[-1]
    assert message.text == "olá"
    assert bodies(answers)[0]["message_id"] == message.mid


def test_every_item_is_journalled_before_the_batch(graph: GraphReader, journal: Journal) -> None:
    batch(graph, {"relative_url": "me"}, {"relative_url": "me/subscribed_apps"})

    calls = journal.find(Query(kind="graph_call"))

    urls = [entry.request.url for entry in calls if entry.request is not None]
    assert [entry.events for entry in calls] == [("read",), ("read",), ("batch",)]
    assert urls[1] == "http://localhost/v25.0/me/subscribed_apps"


def test_an_item_may_have_a_token_of_its_own(graph: GraphReader) -> None:
    app = graph.world.app

    answers = batch(
        graph,
        {"relative_url": f"{app.id}/subscriptions?access_token={app.token}"},
        {"relative_url": f"{app.id}/subscriptions", "access_token": app.token},
        {"relative_url": f"{app.id}/subscriptions"},
    )

    assert [one["code"] for one in answers] == [200, 200, 400]


def test_the_proof_of_the_batch_counts_for_its_items(graph: GraphReader) -> None:
    proof = proof_of(graph.token, graph.world.app.secret)

    answers = batch(graph, {"relative_url": "me?fields=id"}, appsecret_proof=proof)

    assert answers[0]["code"] == 200


def test_an_item_may_name_what_it_knows(graph: GraphReader) -> None:
    first = batch(graph, {"relative_url": "me"})[0]
    tag = next(one["value"] for one in first["headers"] if one["name"] == "ETag")

    again = batch(graph, {"relative_url": "me", "headers": [f"If-None-Match: {tag}"]})[0]

    assert (again["code"], again["body"]) == (304, "")


def test_a_success_may_be_left_out(graph: GraphReader) -> None:
    answers = batch(graph, {"relative_url": "me", "omit_response_on_success": True})

    assert answers == [None]


@pytest.mark.parametrize(
    ("items", "complaint"),
    [
        ([{"relative_url": "me"}] * 51, "Too many requests in batch message. Maximum batch"),
        ("[" * 100_000, "(#100) Param batch must be an array of objects."),
        (["me"], "(#100) Param batch must be an array of objects."),
        ([{"method": "GET"}], "(#100) Param batch: every item needs a relative_url."),
        ([{"relative_url": "?ids={result=a:$.id}"}], "(#100) Param batch: no item named 'a'"),
        ([{"relative_url": "me", "depends_on": "a"}], "(#100) Param batch: no item named 'a'"),
        ([{"relative_url": "me", "attached_files": "a"}], "(#100) Param batch: attached_files"),
        (
            [{"relative_url": "me", "name": "a"}, {"relative_url": "?ids={result=a:id}"}],
            "(#100) Param batch: invalid JSONPath: a path begins with $, not 'id'.",
        ),
        (
            [{"relative_url": "me", "name": "a"}, {"relative_url": "?ids={result=a:$..id}"}],
            "(#100) Param batch: invalid JSONPath: '..id' is no step of a path.",
        ),
    ],
)
def test_a_bad_batch_is_refused(graph: GraphReader, items: Any, complaint: str) -> None:
    form = {"access_token": graph.token, "batch": items}

    assert graph.client.post("/", json=form).get_json()["error"]["message"].startswith(complaint)


def test_half_a_character_does_no_harm(graph: GraphReader) -> None:
    item = '[{"relative_url":"me","body":"\\ud800"},{"relative_url":"\\ud800"}]'

    answers = graph.client.post("/", data={"access_token": graph.token, "batch": item}).get_json()

    assert [one["code"] for one in answers] == [200, 404]  # an alias that nobody has


def test_a_batch_needs_a_token(graph: GraphReader) -> None:
    nobody = batch(graph, {"relative_url": "me"}, access_token="")
    wrong = batch(graph, {"relative_url": "me"}, access_token="EAAwrong")

    assert (nobody["error"]["code"], wrong["error"]["code"]) == (104, 190)


def test_a_batch_holds_no_batch(graph: GraphReader) -> None:
    inner = {"method": "POST", "relative_url": "", "body": "batch=[]"}

    assert bodies(batch(graph, inner))[0]["error"]["code"] == 2500


@pytest.mark.parametrize("root", ["", "/v25.0"])
def test_several_nodes_are_read_at_once(graph: GraphReader, root: str) -> None:
    page, account = graph.world.page, graph.world.account
    query = {"access_token": graph.token, "ids": f"{page.id}, {account.id}", "fields": "name"}

    answer = graph.client.get(f"{root}/", query_string=query).get_json()

    assert list(answer) == [page.id, account.id]
    assert answer[page.id] == {"name": page.name, "id": page.id}


def test_one_edge_of_several_nodes_is_read_at_once(graph: GraphReader, tester: Customer) -> None:
    sent = graph.world.send_text(tester.username, "oi")
    conversation = graph.conversation_of(tester.igsid)

    answer = graph.get("messages", ids=conversation, fields="id", limit="1")

    assert answer[conversation]["data"] == [{"id": sent.mid}]


@pytest.mark.parametrize(
    ("ids", "code"), [("me,nobody", 803), (",".join(map(str, range(51))), 100)]
)
def test_one_bad_id_fails_all(graph: GraphReader, ids: str, code: int) -> None:
    assert graph.code("", ids=ids) == (code, None)


def test_ids_may_be_a_list_of_parameters(graph: GraphReader) -> None:
    address = f"/?access_token={graph.token}&ids[]=me&ids[]={graph.world.account.id}&fields=id"

    assert list(graph.client.get(address).get_json()) == ["me", graph.world.account.id]


def test_the_root_address_stays_a_page_for_people(graph: GraphReader) -> None:
    assert graph.client.get("/").mimetype == "text/html"


def test_an_unchanged_read_is_answered_by_its_tag(graph: GraphReader) -> None:
    query = {"access_token": graph.token, "fields": "name"}
    first = graph.client.get("/v25.0/me", query_string=query)
    knows = {"If-None-Match": first.headers["ETag"]}

    again = graph.client.get("/v25.0/me", query_string=query, headers=knows)
    other = graph.client.get("/v25.0/me", query_string={**query, "fields": "id"}, headers=knows)

    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("named", "known"),
    [('"a"', True), ('"b", W/"a"', True), ("*", True), ('"b"', False), ("", False)],
)
def test_tags_are_compared_weakly(named: str, known: bool) -> None:
    assert is_known('"a"', named) is known


@pytest.mark.parametrize("body", ["{}", "true", ""])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_reads_and_deletes_may_have_a_json_body(graph: GraphReader, method: str, body: str) -> None:
    path = f"/v25.0/me/subscribed_apps?access_token={graph.token}"

    response = graph.client.open(path, method=method, data=body, content_type="application/json")

    assert response.status_code == 200


def test_parameters_may_be_in_the_body_of_a_read(graph: GraphReader) -> None:
    body = {"access_token": graph.token, "fields": ["name", "category"]}

    answer = graph.client.get("/v25.0/me", json=body).get_json()

    assert sorted(answer) == ["category", "id", "name"]


def test_a_post_may_be_empty(graph: GraphReader) -> None:
    path = f"/v25.0/me/subscribed_apps?access_token={graph.token}&subscribed_fields=messages"

    response = graph.client.post(path, data="", content_type="application/json")

    assert response.get_json() == {"success": True}


def test_a_body_of_brackets_is_a_bad_parameter(graph: GraphReader) -> None:
    path = f"/v25.0/me?access_token={graph.token}"

    response = graph.client.get(path, data="[" * 100_000, content_type="application/json")

    assert response.get_json()["error"]["code"] == 100


LIST = {"name": "list", "relative_url": "me/conversations?platform=instagram"}


def test_an_item_uses_what_another_answered(graph: GraphReader, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")

    first, second = batch(
        graph, LIST, {"relative_url": "?ids={result=list:$.data.*.id}&fields=updated_time"}
    )

    assert first is None
    assert len(json.loads(second["body"])) == 1


def test_a_reference_stands_in_a_body(graph: GraphReader, tester: Customer) -> None:
    graph.world.send_text(tester.username, "oi")
    found = "{result=list:$.data[0].participants.data[1].id}"
    asked = {"name": "list", "relative_url": f"{LIST['relative_url']}&fields=participants"}
    sent = {
        "method": "POST",
        "relative_url": "me/messages",
        "body": {"recipient": f'{{"id":"{found}"}}', "message": '{"text":"hello"}'},
    }

    answers = batch(graph, {**asked, "omit_response_on_success": False}, sent)

    assert [one["code"] for one in answers] == [200, 200]
    assert graph.world.thread_of(tester.username)[-1].text == "hello"


def test_what_depends_on_a_failure_is_not_made(graph: GraphReader, journal: Journal) -> None:
    answers = batch(
        graph,
        {"name": "lost", "relative_url": "nobody"},
        {"relative_url": "me", "depends_on": "lost", "name": "next"},
        {"relative_url": "me?fields={result=next:$.id}"},
        {"relative_url": "me"},
    )

    assert [one and one["code"] for one in answers] == [404, None, None, 200]


def test_an_item_that_is_waited_for_may_be_shown(graph: GraphReader) -> None:
    named = {"name": "a", "relative_url": "me", "omit_response_on_success": False}

    answers = batch(graph, named, {"relative_url": "me", "depends_on": "a"})

    assert [one["code"] for one in answers] == [200, 200]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$", [{"a": [{"b": 1}, {"b": 2}], "c d": "x"}]),
        ("$.a.*.b", [1, 2]),
        ("$.a[1].b", [2]),
        ("$['c d']", ["x"]),
        ("$.a[*].b", [1, 2]),
        ("$.a[9]", []),
        ("$.nothing.b", []),
    ],
)
def test_paths_lead_to_values(path: str, found: list[Any]) -> None:
    assert found_at(path, {"a": [{"b": 1}, {"b": 2}], "c d": "x"}) == found


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
UPLOAD = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}


def batch_with_file(graph: GraphReader, *items: Any, name: str = "cat") -> Any:
    form = {
        "access_token": graph.token,
        "batch": json.dumps(items),
        name: (io.BytesIO(PNG), "a.png", "image/png"),
    }
    return graph.client.post("/", data=form).get_json()


@pytest.mark.parametrize(
    "body",
    [f"message={json.dumps(UPLOAD)}", json.dumps({"message": UPLOAD}), {"message": UPLOAD}],
    ids=["form", "json", "object"],
)
def test_an_item_may_have_a_file_of_the_batch(graph: GraphReader, body: Any) -> None:
    item = {"method": "POST", "relative_url": "me/message_attachments", "body": body}

    answers = batch_with_file(graph, {**item, "attached_files": "cat"}, {"relative_url": "me"})

    assert [one["code"] for one in answers] == [200, 200]
    assert bodies(answers)[0]["attachment_id"].isdigit()


@pytest.mark.parametrize(
    ("named", "said"), [("dog", "names 'dog'"), ("cat,cat", "more than one of attached_files")]
)
def test_a_file_that_an_item_cannot_have_refuses_the_batch(
    graph: GraphReader, named: str, said: str
) -> None:
    item = {"method": "POST", "relative_url": "me/message_attachments", "attached_files": named}

    refused = batch_with_file(graph, item)

    assert refused["error"]["code"] == 100
    assert said in refused["error"]["message"]


def test_an_item_that_ran_out_of_time_is_null(graph: GraphReader) -> None:
    wish = {"name": "cut_answer", "times": 1}
    assert graph.client.post("/_control/faults", json=wish).status_code == 201

    answers = batch(
        graph,
        {"name": "late", "relative_url": "me?fields=id"},
        {"relative_url": "me?fields=name", "depends_on": "late"},
        {"relative_url": "me?fields=id"},
    )

    assert [one and one["code"] for one in answers] == [None, None, 200]
