"""What memory cannot hold is found all the same, in files that are bounded and gone at the end."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_meta.app import app_over, build_emulator
from fake_meta.domain.accounts import Subscription
from fake_meta.domain.errors import UnknownEntryError
from fake_meta.journal import (
    MEGABYTE,
    Entry,
    EntryKind,
    EntryOutcome,
    Journal,
    Query,
    RecordedRequest,
    RecordedResponse,
)
from fake_meta.journal.spill import BUNDLE, Spill
from fake_meta.settings import Settings
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport

IN_MEMORY = 10
SMALL_BLOCK = 512
"""The most bytes that Python takes from its own pools."""

MANY = 3 * BUNDLE + IN_MEMORY + 7


def entry(number: int, size: int = 4) -> Entry:
    """One that has something in every field."""
    return Entry(
        EntryKind.WEBHOOK_DELIVERY if number % 2 else EntryKind.GRAPH_CALL,
        EntryOutcome.FAILED,
        at_ms=number * 1000,
        duration_ms=0.5,
        customer=f"person.{number % 7}",
        mids=(f"mid.{number}",),
        events=("message",),
        attempt=2,
        request=RecordedRequest("POST", "http://app.example/x", {"A": "b"}, bytes([0, 255]) * size),
        response=RecordedResponse(500, {"C": "d"}, b"no"),
        reason="status 500",
        faults=("delay",),
    )


@pytest.fixture(scope="module")
def journal() -> Journal:
    journal = Journal(capacity=IN_MEMORY, bytes_spilled=MEGABYTE * 64)
    for number in range(1, MANY + 1):
        journal.append(entry(number))
    return journal


def seqs(journal: Journal, query: Query) -> list[int]:
    return [one.seq for one in journal.find(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(limit=MANY), list(range(1, MANY + 1))),
        (Query(mid="mid.1"), [1]),
        (Query(mid=f"mid.{BUNDLE}"), [BUNDLE]),
        (Query(mid=f"mid.{MANY}"), [MANY]),
        (Query(mid="mid.0"), []),
        (Query(customer="person.3"), [n for n in range(1, MANY + 1) if n % 7 == 3]),
        (Query(customer="nobody"), []),
        (Query(after=MANY - IN_MEMORY - 2), list(range(MANY - IN_MEMORY - 1, MANY + 1))),
        (Query(after=MANY - 2), [MANY - 1, MANY]),
        (Query(after=MANY), []),
        (Query(limit=3), [1, 2, 3]),
        (Query(limit=0), []),
        (Query(kind="graph_call", until_ms=6000), [2, 4]),
        (Query(since_ms=(MANY - 1) * 1000), [MANY - 1, MANY]),
    ],
)
def test_a_query_finds_old_and_new_in_order(
    journal: Journal, query: Query, expected: list[int]
) -> None:
    assert seqs(journal, query) == expected


@pytest.mark.parametrize("seq", [1, BUNDLE, BUNDLE + 1, 3 * BUNDLE + 3, MANY])
def test_every_entry_comes_back_whole(journal: Journal, seq: int) -> None:
    assert journal.entry(seq) == entry(seq)._replace(seq=seq)


@pytest.mark.parametrize("seq", [0, -1, MANY + 1])
def test_what_never_was_is_unknown(journal: Journal, seq: int) -> None:
    with pytest.raises(UnknownEntryError, match=f"it has 1 to {MANY}"):
        journal.entry(seq)


def test_the_journal_begins_where_the_files_begin(journal: Journal) -> None:
    assert (journal.first_seq, journal.last_seq) == (1, MANY)


def test_a_reset_forgets_the_files_too() -> None:
    journal = Journal(capacity=1, bytes_spilled=MEGABYTE)
    for number in range(BUNDLE * 2):
        journal.append(entry(number))

    journal.clear()

    assert (seqs(journal, Query()), journal.first_seq) == ([], BUNDLE * 2 + 1)


def test_the_oldest_file_goes_when_there_are_too_many_bytes() -> None:
    journal = Journal(capacity=1, bytes_spilled=MEGABYTE)
    for number in range(1, 3000):
        journal.append(entry(number, size=1000))

    kept = seqs(journal, Query(limit=5000))

    assert kept == list(range(kept[0], 3000))
    assert 0.75 * MEGABYTE < len(kept) * 2000 < 1.6 * MEGABYTE
    assert journal.first_seq == kept[0]


def test_large_entries_do_not_wait_in_memory() -> None:
    spill = Spill(64 * MEGABYTE)
    for number in range(1, 9):
        large = entry(number, size=MEGABYTE // 4)._replace(seq=number)
        spill.add(large, large.size_bytes)

    assert [one.first for one in spill.view(0).bundles] == [1, 3, 5, 7]


def test_what_a_bundle_cannot_hold_is_told_by_few_bytes() -> None:
    spill = Spill(MEGABYTE)
    for number in range(1, BUNDLE + 1):
        spill.add(entry(number)._replace(seq=number), 1)

    bundle = spill.view(0).bundles[0]

    assert sys.getsizeof(bundle.sieve) <= SMALL_BLOCK  # larger ones lie scattered and cost twice
    assert all(bundle.may_hold(Query(mid=f"mid.{one}")) for one in range(1, BUNDLE + 1))
    assert sum(bundle.may_hold(Query(mid=f"other.{one}")) for one in range(1000)) < 100


def test_a_full_disk_costs_the_old_entries_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    full = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115 - the journal's from here on
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_how: full)
    journal = Journal(capacity=5, bytes_spilled=MEGABYTE)

    for number in range(BUNDLE * 2):
        journal.append(entry(number))

    assert journal.first_seq == BUNDLE * 2 - 4
    assert [one.message for one in caplog.records] == [
        "the journal forgets what memory cannot hold: [Errno 28] No space left on device"
    ]


def test_who_waits_hears_of_what_was_pushed_out_meanwhile() -> None:
    journal = Journal(capacity=1, bytes_spilled=MEGABYTE)
    seen: list[tuple[Entry, ...]] = []
    waiting = threading.Thread(
        target=lambda: seen.append(journal.find(Query(customer="person.1"), 10, count=2))
    )
    waiting.start()

    for number in range(1, 10):
        journal.append(entry(number))
    waiting.join(5)

    assert [[one.seq for one in some] for some in seen] == [[1, 8]]


QUERIES = st.builds(
    Query,
    after=st.integers(0, 40),
    customer=st.none() | st.sampled_from(["person.1", "person.9"]),
    mid=st.none() | st.integers(0, 40).map(lambda n: f"mid.{n}"),
    limit=st.integers(0, 50),
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(count=st.integers(0, 40), capacity=st.integers(1, 12), query=QUERIES)
def test_where_an_entry_lies_never_shows(count: int, capacity: int, query: Query) -> None:
    small, large = Journal(capacity=capacity, bytes_spilled=MEGABYTE), Journal()
    for number in range(count):
        small.append(entry(number))
        large.append(entry(number))

    assert small.find_with_cursor(query) == large.find_with_cursor(query)
    assert small.first_seq == large.first_seq


def test_an_old_delivery_is_sent_again_byte_for_byte() -> None:
    transport = HandTransport()
    emulator = build_emulator(Settings(journal_megabytes=1), transport, HandFetcher())
    world, journal = emulator.parts.world, emulator.parts.journal
    world.subscribe_app(Subscription("instagram", "http://app.example/x", "v", ("messages",)))
    world.install_on_page(("messages",))
    first = world.send_text("ana.silva", "the very first")
    for number in range(900):
        world.send_text("ana.silva", f"message {number} " + "." * 500)
    client = app_over(emulator).test_client()

    found: Any = client.get(f"/_control/journal?mid={first.mid}").get_json()
    again: Any = client.post(
        "/_control/webhook/redeliver", json={"seq": found["entries"][0]["seq"]}
    ).get_json()
    emulator.close()

    assert journal._entries[0].seq > 1  # memory has forgotten it
    assert again["outcome"] == "delivered"
    assert transport.requests[-1].body == transport.requests[0].body
    assert json.loads(again["request"]["body"])["entry"][0]["messaging"][0]["message"]["text"] == (
        "the very first"
    )
