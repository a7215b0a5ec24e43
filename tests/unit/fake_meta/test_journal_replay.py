"""Asking the journal, sending its deliveries again, keeping it within bounds and in a file."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator, build_emulator
from fake_meta.domain.accounts import Customer
from fake_meta.journal import (
    Entry,
    EntryKind,
    EntryOutcome,
    Journal,
    JournalFile,
    Query,
    RecordedRequest,
)
from fake_meta.settings import Settings
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport


def found(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/_control/journal?{query}")
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    return list(answer.json["entries"])


@pytest.fixture
def busy(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
) -> World:
    """A delivery that was taken, one that failed, and a call that was refused."""
    emulator.parts.courier.freeze_clock()
    world.send_text(tester.username, "taken")
    transport.script(500)
    world.send_text(tester.username, "refused")
    client.get(f"/v25.0/{tester.igsid}?access_token=nonsense")
    return world


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("outcome=failed", ["webhook_delivery"]),
        ("status=200&kind=webhook_delivery", ["webhook_delivery"]),
        ("status=400", ["graph_call"]),
        ("event=message", ["webhook_delivery", "webhook_delivery"]),
        ("path=/v25.0/", ["graph_call"]),
        ("until_ms=0", []),
        ("since_ms=0", ["webhook_delivery", "webhook_delivery", "graph_call"]),
        ("fault=drop", []),
    ],
)
def test_conditions_select(client: FlaskClient, busy: World, query: str, kinds: list[str]) -> None:
    assert [one["kind"] for one in found(client, query)] == kinds


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("outcome=fine", "outcome must be one of delivered"),
        ("status=abc", "status must be a whole number"),
        ("colour=red", "unknown parameter 'colour'; this call takes after, count"),
        ("event=", "event must be a text that is not empty"),
    ],
)
def test_a_strange_condition_is_refused(client: FlaskClient, query: str, sentence: str) -> None:
    answer = client.get(f"/_control/journal?{query}")

    assert (answer.status_code, sentence in str(answer.json)) == (400, True), answer.json


def test_who_waits_for_several_gets_them_together() -> None:
    journal = Journal()
    entry = Entry(EntryKind.GRAPH_CALL, EntryOutcome.ANSWERED, 1)
    seen: list[tuple[Entry, ...]] = []
    waiting = threading.Thread(target=lambda: seen.append(journal.find(Query(), 10, count=3)))
    waiting.start()

    for _ in range(3):
        journal.append(entry)
    waiting.join(5)

    assert [len(one) for one in seen] == [3]


def test_waiting_for_several_ends_in_time_with_what_is_there() -> None:
    journal = Journal()
    journal.append(Entry(EntryKind.GRAPH_CALL, EntryOutcome.ANSWERED, 1))

    assert len(journal.find(Query(), wait_s=0.01, count=2)) == 1


def test_many_deliveries_are_sent_again_by_condition(
    client: FlaskClient, busy: World, transport: HandTransport
) -> None:
    before = [one.body for one in transport.requests]

    answer = client.post("/_control/webhook/redeliver", json={"event": "message"}).json

    assert answer is not None
    assert [one["outcome"] for one in answer["entries"]] == ["delivered", "delivered"]
    assert [one.body for one in transport.requests] == before * 2


def test_named_deliveries_are_sent_again_in_the_order_given(
    client: FlaskClient, busy: World, transport: HandTransport
) -> None:
    first, second = (one["seq"] for one in found(client, "kind=webhook_delivery"))

    client.post("/_control/webhook/redeliver", json={"seqs": [second, first]})

    bodies = [one.body for one in transport.requests]
    assert bodies[2:] == [bodies[1], bodies[0]]


def test_a_fresh_replay_has_a_time_of_now_and_a_good_signature(
    client: FlaskClient, emulator: Emulator, busy: World, transport: HandTransport
) -> None:
    emulator.parts.courier.advance_clock(1000)
    (seq, _) = (one["seq"] for one in found(client, "event=message&limit=2"))

    client.post("/_control/webhook/redeliver", json={"seq": seq, "entry_time": "fresh"})

    old, new = (json.loads(transport.requests[place].body)["entry"][0] for place in (0, -1))
    assert new == {**old, "time": emulator.parts.clock.now_ms()}
    assert (
        transport.requests[-1].headers["X-Hub-Signature"]
        != (transport.requests[0].headers["X-Hub-Signature"])
    )


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "name seq, seqs or conditions"),
        ({"seqs": 5}, "seqs must be a list"),
        ({"seqs": [1], "event": "message"}, "and stands alone"),
        ({"seq": 1, "entry_time": "old"}, "entry_time must be same or fresh"),
        ({"colour": "red"}, "unknown key 'colour'"),
    ],
)
def test_a_strange_replay_is_refused(
    client: FlaskClient, busy: World, body: dict[str, Any], sentence: str
) -> None:
    answer = client.post("/_control/webhook/redeliver", json=body)

    assert (answer.status_code, sentence in str(answer.json)) == (400, True), answer.json


def test_a_payload_without_times_has_no_fresh_replay(client: FlaskClient, busy: World) -> None:
    made = client.post("/_control/webhook/deliver", json={"payload": [1, 2]}).json
    assert made is not None

    answer = client.post(
        "/_control/webhook/redeliver", json={"seq": made["seq"], "entry_time": "fresh"}
    )

    assert answer.status_code == 400


def large(size: int) -> Entry:
    request = RecordedRequest("POST", "http://app.example", {}, b"x" * size)
    return Entry(EntryKind.GRAPH_CALL, EntryOutcome.ANSWERED, 1, request=request)


def test_large_bodies_push_old_entries_out() -> None:
    journal = Journal(bytes_kept=12_000)

    for _ in range(10):
        journal.append(large(3000))

    assert [one.seq for one in journal.find(Query())] == [9, 10]
    assert journal.first_seq == 9


def test_the_newest_entry_is_kept_however_large() -> None:
    journal = Journal(bytes_kept=10_000)

    journal.append(large(50_000))
    journal.append(large(60_000))

    assert [one.seq for one in journal.find(Query())] == [2]


def test_an_empty_journal_begins_behind_its_end() -> None:
    journal = Journal()
    journal.append(large(1))
    journal.clear()

    assert (journal.first_seq, journal.last_seq) == (2, 1)


def test_the_file_has_every_entry_also_those_forgotten(tmp_path: Path) -> None:
    file = JournalFile(tmp_path / "journal.jsonl")
    journal = Journal(capacity=2, witness=file)

    for number in range(5):
        journal.append(large(number))
    file.close()

    lines = (tmp_path / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["seq"] for line in lines] == [1, 2, 3, 4, 5]
    assert len(journal.find(Query())) == 2


def test_an_emulator_writes_its_journal_to_the_file(
    tmp_path: Path, transport: HandTransport
) -> None:
    path = tmp_path / "journal.jsonl"
    emulator = build_emulator(Settings(journal_file=str(path)), transport)
    emulator.parts.world.send_text("ana.silva", "nobody hears it")

    emulator.close()

    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["kind"] == "webhook_not_sent"


def test_a_full_disk_ends_the_file_and_nothing_else() -> None:
    file = JournalFile(Path("/dev/full"))

    file(large(100_000))
    file(large(100_000))
    file._waiting.put(None)
    file._thread.join(5)

    assert file.failure is not None
