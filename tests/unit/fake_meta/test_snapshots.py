"""The whole world saved and brought back."""

import json
import pickle
import random
import zlib
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.domain.accounts import Customer
from fake_meta.snapshots.codec import MAGIC, shape
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport
from tests.fakes.review_forms import file_everything

BASE = "/_control/snapshot"


@pytest.fixture
def lived_in(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
) -> World:
    """A world in which much has happened; one delivery waits for its next attempt."""
    emulator.parts.courier.freeze_clock()
    hands = f"/_control/customers/{tester.username}"
    client.post("/_control/customers", json={"name": "Zoë", "private": True})
    client.post(f"{hands}/messages", json={"attachment": "image"})
    client.post(f"{hands}/stories", json={"mentions": ["empresa.exemplo"]})
    client.post("/_control/tokens", json={"kind": "user"})
    client.patch("/_control/choices", json={"other_2xx": "failure"})
    client.get(f"/v25.0/{tester.igsid}?access_token={world.page.access_token}")
    file_everything(client)
    transport.script(500)
    world.send_text(tester.username, "tried again later")
    return world


def save(client: FlaskClient) -> bytes:
    answer = client.get(BASE)
    assert answer.status_code == 200
    return answer.data


def restore(client: FlaskClient, data: bytes) -> Any:
    return client.put(BASE, data=data)


def told(client: FlaskClient, tester: Customer) -> list[Any]:
    """What the world says of itself."""
    paths = ("world", "tokens", "app-review", "choices", f"customers/{tester.username}/thread")
    return [client.get(f"/_control/{path}").json for path in paths]


def test_the_world_is_what_it_was(client: FlaskClient, lived_in: World, tester: Customer) -> None:
    before, data = told(client, tester), save(client)
    client.post("/_control/reset", json={"seed": 99})

    answer = restore(client, data)

    assert answer.status_code == 200, answer.json
    assert told(client, tester) == before


def test_every_record_is_equal_after_the_way_there_and_back(
    client: FlaskClient, emulator: Emulator, lived_in: World
) -> None:
    data = save(client)
    with lived_in.held() as state:
        before = plain(state)
    restore(client, data)

    with lived_in.held() as state:
        assert plain(state) == before


def plain(value: Any, seen: tuple[int, ...] = ()) -> Any:
    """Records as comparable values; generators by their state."""
    if isinstance(value, random.Random):
        return value.getstate()
    if isinstance(value, dict):
        return {str(key): plain(one, seen) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one, seen) for one in value]
    if id(value) in seen or not type(value).__module__.startswith("fake_meta"):
        return "…" if id(value) in seen else value
    names = getattr(type(value), "__slots__", ())
    inner = (*seen, id(value))
    return [plain(getattr(value, name, None), inner) for name in names] or value


def test_the_next_ids_are_the_same(client: FlaskClient, lived_in: World, tester: Customer) -> None:
    data = save(client)
    first = lived_in.send_text(tester.username, "x").mid

    restore(client, data)

    assert lived_in.send_text(tester.username, "x").mid == first


def test_who_waits_for_another_attempt_gets_it(
    client: FlaskClient, emulator: Emulator, lived_in: World, transport: HandTransport
) -> None:
    data = save(client)
    client.post("/_control/reset")
    restore(client, data)
    before = len(transport.requests)

    emulator.parts.courier.advance_clock(5000)

    retried = transport.requests[before:]
    assert [b"tried again later" in one.body for one in retried] == [True]


def test_the_clock_stands_where_it_stood(
    client: FlaskClient, emulator: Emulator, lived_in: World
) -> None:
    emulator.parts.courier.advance_clock(10**9)
    reading, data = emulator.parts.clock.read(), save(client)
    client.post("/_control/reset")

    restore(client, data)

    assert emulator.parts.clock.read().now_ms == reading.now_ms
    assert emulator.parts.clock.read().frozen


def test_a_running_clock_runs_on_at_its_pace(client: FlaskClient, emulator: Emulator) -> None:
    emulator.parts.courier.scale_clock(60.0)
    data = save(client)
    client.post("/_control/reset")

    restore(client, data)

    reading = emulator.parts.clock.read()
    assert (reading.scale, reading.frozen) == (60.0, False)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda _data: b"", "this is no snapshot of fake_meta"),
        (lambda _data: b'{"what": "something else"}\n', "this is no snapshot of fake_meta"),
        (lambda data: data.replace(b'"format": 2', b'"format": 3'), "made by another version"),
        (lambda data: data.replace(shape().encode(), b"0" * 16), "made by another version"),
        (lambda data: data[:-200], "the snapshot is damaged"),
        (lambda data: data[:400] + b"xxxx" + data[404:], "the snapshot is damaged"),
    ],
)
def test_a_bad_file_changes_nothing(
    client: FlaskClient, lived_in: World, tester: Customer, spoil: Any, sentence: str
) -> None:
    before = told(client, tester)

    answer = restore(client, spoil(save(client)))

    assert (answer.status_code, sentence in str(answer.json)) == (400, True), answer.json
    assert told(client, tester) == before


class Trap:
    """What an attacker would put in a file."""

    def __reduce__(self) -> Any:
        return (print, ("the trap was sprung",))


@pytest.mark.parametrize("trap", [Trap(), {"a": 1}, [object()]])
def test_a_foreign_object_is_never_made(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], trap: Any
) -> None:
    head = json.dumps({"what": MAGIC, "format": 1, "shape": shape()}).encode()

    answer = restore(client, head + b"\n" + zlib.compress(pickle.dumps(trap)))

    assert answer.status_code == 400
    assert "sprung" not in capsys.readouterr().out


def test_a_mark_is_returned_to_as_often_as_wanted(
    client: FlaskClient, lived_in: World, tester: Customer
) -> None:
    before = told(client, tester)
    assert client.post("/_control/marks", json={"name": "clean"}).status_code == 201

    seen = []
    for _ in range(2):
        lived_in.send_text(tester.username, "noise")
        client.post("/_control/marks/clean/restore")
        seen.append(told(client, tester))

    assert seen == [before, before]


def test_an_unknown_mark_is_named_with_those_there_are(client: FlaskClient) -> None:
    client.post("/_control/marks", json={"name": "clean"})

    answer = client.post("/_control/marks/dirty/restore")

    assert answer.status_code == 404
    assert answer.json == {"error": "there is no mark 'dirty'; marks: clean"}


def test_a_mark_is_forgotten(client: FlaskClient) -> None:
    client.post("/_control/marks", json={"name": "clean"})

    assert client.delete("/_control/marks/clean").json == {"marks": []}
    assert client.delete("/_control/marks/clean").status_code == 404


def test_a_mark_that_no_address_could_name_is_refused(client: FlaskClient) -> None:
    answer = client.post("/_control/marks", json={"name": "a/b"})

    assert (answer.status_code, client.get("/_control/marks").get_json()) == (400, {"marks": []})
