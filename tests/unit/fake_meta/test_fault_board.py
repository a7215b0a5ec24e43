"""Faults of Graph calls and media, and what the control API says about faults."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.domain.accounts import Customer
from fake_meta.faults import CATALOGUE, Fault
from fake_meta.faults.page import example_of, page
from fake_meta.faults.quirks import QUIRKS
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport


def switch_on(client: FlaskClient, name: str, **wishes: Any) -> dict[str, Any]:
    answer = client.post("/_control/faults", json={"name": name, **wishes})
    assert answer.status_code == 201, answer.json
    assert answer.json is not None
    return dict(answer.json)


@pytest.fixture
def page_token(world: World) -> str:
    return world.page.access_token


@pytest.fixture
def sender(client: FlaskClient, world: World, tester: Customer, page_token: str) -> Any:
    """Sends a text to the tester, who wrote before."""
    world.send_text(tester.username, "hi")

    def send() -> Any:
        body = {"recipient": {"id": tester.igsid}, "message": {"text": "hello"}}
        return client.post(f"/v25.0/me/messages?access_token={page_token}", json=body)

    return send


def thread(client: FlaskClient, tester: Customer) -> list[dict[str, Any]]:
    answer = client.get(f"/_control/customers/{tester.username}/thread").json
    assert answer is not None
    return list(answer["messages"])


def business_texts(client: FlaskClient, tester: Customer) -> list[str]:
    return [one["text"] for one in thread(client, tester) if one["from"] == "business"]


@pytest.mark.parametrize(
    ("name", "wishes", "status", "code", "subcode"),
    [
        ("server_error", {}, 500, 2, None),
        ("server_error", {"code": "1"}, 500, 1, None),
        ("graph_error", {"code": 10, "subcode": 2534022}, 400, 10, 2534022),
        ("graph_error", {"code": 551, "subcode": 1545041}, 400, 551, 1545041),
        ("expired_token", {}, 400, 190, 463),
    ],
)
def test_a_call_is_refused_and_not_made(
    sender: Any,
    client: FlaskClient,
    tester: Customer,
    name: str,
    wishes: dict[str, Any],
    status: int,
    code: int,
    subcode: int | None,
) -> None:
    switch_on(client, name, call="send", times=1, **wishes)

    refused, made = sender(), sender()

    error = refused.json["error"]
    assert (refused.status_code, error["code"], error.get("error_subcode")) == (
        status, code, subcode,
    )  # fmt: skip
    assert made.status_code == 200
    assert business_texts(client, tester) == ["hello"]


@pytest.mark.parametrize(
    ("answer", "told"), [("1", (500, 1, None)), ("1/1357046", (400, 1, 1357046))]
)
def test_a_lost_response_hides_a_message_that_was_sent(
    sender: Any, client: FlaskClient, tester: Customer, answer: str, told: tuple[int, int, Any]
) -> None:
    switch_on(client, "lost_response", times=1, answer=answer)

    refused = sender()

    error = refused.json["error"]
    assert (refused.status_code, error["code"], error.get("error_subcode")) == told
    assert business_texts(client, tester) == ["hello"]


def test_a_cut_answer_promises_more_than_comes(sender: Any, client: FlaskClient) -> None:
    whole = sender()
    switch_on(client, "cut_answer", times=1)

    cut = sender()

    assert int(cut.headers["Content-Length"]) == len(whole.data)
    assert len(cut.data) == len(whole.data) // 2


def test_the_journal_names_the_fault_of_a_call(
    sender: Any, client: FlaskClient, journal: Journal
) -> None:
    switch_on(client, "server_error", times=1)

    sender()

    assert journal.find(Query(kind="graph_call"))[-1].faults == ("server_error",)


def test_a_slow_graph_answers_in_the_end(sender: Any, client: FlaskClient) -> None:
    switch_on(client, "slow_graph", seconds=0.05, times=1)
    begun = time.monotonic()

    answer = sender()

    assert answer.status_code == 200
    assert time.monotonic() - begun >= 0.05


def test_the_echo_comes_before_the_answer(
    sender: Any, client: FlaskClient, world: World, transport: HandTransport
) -> None:
    switch_on(client, "echo_first", within_s=5)

    mid = sender().json["message_id"]

    assert any(mid.encode() in request.body for request in transport.requests)


def test_an_echo_may_come_late(
    sender: Any, client: FlaskClient, emulator: Emulator, transport: HandTransport
) -> None:
    emulator.parts.courier.freeze_clock()
    switch_on(client, "echo_late", seconds=3)
    mid = sender().json["message_id"].encode()
    before = any(mid in request.body for request in transport.requests)

    emulator.parts.courier.advance_clock(3000)

    assert (before, any(mid in request.body for request in transport.requests)) == (False, True)


@pytest.mark.parametrize("limit", ["customer", "path"])
def test_a_call_outside_of_the_scope_is_made(sender: Any, client: FlaskClient, limit: str) -> None:
    switch_on(client, "server_error", **{limit: "somebody.else"})

    assert sender().status_code == 200


def test_a_fault_may_be_for_the_calls_about_one_customer(
    client: FlaskClient, world: World, tester: Customer, sender: Any, page_token: str
) -> None:
    switch_on(client, "server_error", customer=tester.username)

    read = client.get(f"/v25.0/{tester.igsid}?access_token={page_token}")
    page = client.get(f"/v25.0/me?access_token={page_token}")

    assert (sender().status_code, read.status_code, page.status_code) == (500, 500, 200)


def test_media_may_be_missing(client: FlaskClient, world: World, tester: Customer) -> None:
    answer = client.post(
        f"/_control/customers/{tester.username}/messages", json={"attachment": "image"}
    )
    assert answer.status_code == 201
    url = thread(client, tester)[0]["url"]
    switch_on(client, "missing_media", times=1)

    gone, there = client.get(url), client.get(url)

    assert (gone.status_code, gone.data, there.status_code) == (404, b"", 200)


def test_media_may_be_slow(client: FlaskClient, tester: Customer) -> None:
    switch_on(client, "slow_media", seconds=0.05, times=1)
    begun = time.monotonic()

    client.get(f"/scontent.cdninstagram.com/v/t51.2885-19/{tester.igsid}.png")

    assert time.monotonic() - begun >= 0.05


def test_what_is_on_is_told_with_its_strikes(client: FlaskClient, sender: Any) -> None:
    made = switch_on(client, "graph_error", call="send", times=2)
    sender()

    answer = client.get("/_control/faults").json

    assert answer is not None
    assert answer["on"] == [{**made, "struck": 1, "times_left": 1}]
    assert [one["name"] for one in answer["catalogue"]] == [fault.name for fault in CATALOGUE]


def test_a_fault_is_switched_off_by_its_id(client: FlaskClient, sender: Any) -> None:
    made = switch_on(client, "server_error")

    client.delete(f"/_control/faults/{made['id']}")

    assert sender().status_code == 200


def test_all_faults_are_switched_off(client: FlaskClient, sender: Any) -> None:
    switch_on(client, "server_error")
    switch_on(client, "expired_token")

    client.delete("/_control/faults")

    assert sender().status_code == 200


def test_an_expired_token_says_when_it_expired(client: FlaskClient, world: World) -> None:
    switch_on(client, "expired_token")

    answer = client.get(f"/v25.0/me?access_token={world.page.access_token}").get_json()

    time = r"\w+day, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d P[DS]T"
    assert re.search(
        rf"has expired on {time}\. The current time is {time}\.", answer["error"]["message"]
    )


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({}, "name must be one of duplicate, delay"),
        ({"name": "nonsense"}, "not 'nonsense'"),
        ({"name": "drop", "times": 0}, "times must be a whole number from 1"),
        ({"name": "drop", "times": True}, "times must be a whole number"),
        ({"name": "drop", "probability": 0}, "probability must be above 0 and at most 1"),
        ({"name": "drop", "seconds": 1}, "drop does not know 'seconds'; it takes no parameters"),
        ({"name": "delay", "seconds": -1}, "seconds must be a number from 0.001"),
        ({"name": "delay", "seconds": "5"}, "seconds must be a number"),
        ({"name": "batch", "size": 2.5}, "size must be a whole number from 2 to 1000"),
        ({"name": "batch", "form": "pile"}, "form must be one of items, entries"),
        ({"name": "drop", "event": "birthday"}, "event must be one of message, echo"),
        ({"name": "drop", "path": "/x"}, "drop cannot be limited by 'path', only by customer"),
        ({"name": "ghost_edit", "event": "echo"}, "cannot be limited by 'event'"),
        ({"name": "slow_graph", "call": 5}, "call must be one of send, read"),
        ({"name": "drop", "customer": ""}, "customer must be a text that is not empty"),
        ({"name": "graph_error", "code": 12345}, "the error table has no code 12345"),
        ({"name": "graph_error", "code": 190, "subcode": 1}, "code 190 has the subcodes"),
    ],
)
def test_a_bad_wish_is_refused_in_one_sentence(
    client: FlaskClient, wish: dict[str, Any], sentence: str
) -> None:
    answer = client.post("/_control/faults", json=wish)

    assert answer.status_code == 400
    assert sentence in str(answer.json)


def test_an_unknown_number_is_not_found(client: FlaskClient) -> None:
    answer = client.delete("/_control/faults/99")

    assert answer.status_code == 404
    assert answer.json == {"error": "no fault '99' is on; see GET /_control/faults"}


def test_every_quirk_is_met_somehow() -> None:
    assert [quirk.number for quirk in QUIRKS] == list(range(1, 37))
    assert [quirk.number for quirk in QUIRKS if not quirk.faults and not quirk.otherwise] == []
    assert [quirk.number for quirk in QUIRKS if "not emulated" in quirk.otherwise] == []


def test_every_fault_has_a_name_of_its_own() -> None:
    names = [fault.name for fault in CATALOGUE]

    assert len(set(names)) == len(names)


def test_the_page_of_faults_is_the_catalogues() -> None:
    written = Path("docs/faults.md").read_text(encoding="utf-8")

    assert written == page(), "run `make index`"


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.name)
def test_every_example_of_the_page_works(client: FlaskClient, fault: Fault) -> None:
    made = switch_on(client, **example_of(fault))

    assert made["parameters"] == {one.name: one.default for one in fault.parameters}
