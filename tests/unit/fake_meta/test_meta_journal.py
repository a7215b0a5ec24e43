"""The journal keeps order, finds quickly, forgets the oldest and lets readers wait."""

import io
import json
import threading

import pytest

from fake_meta.app import app_over, build_emulator
from fake_meta.domain.errors import UnknownEntryError
from fake_meta.journal import (
    Entry,
    EntryKind,
    EntryOutcome,
    Journal,
    Query,
    RecordedRequest,
    entry_json,
    kept_of,
)
from fake_meta.journal.entry import MOST_BODY_BYTES
from fake_meta.settings import Settings
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport


def entry(customer: str | None = None, *mids: str, kind: EntryKind = EntryKind.GRAPH_CALL) -> Entry:
    return Entry(kind, EntryOutcome.ANSWERED, at_ms=0, customer=customer, mids=mids)


def seqs(journal: Journal, query: Query) -> list[int]:
    return [one.seq for one in journal.find(query)]


@pytest.fixture
def journal() -> Journal:
    """Four entries: ana m1, eva m2, ana m3 (a delivery), nobody."""
    journal = Journal(capacity=4)
    journal.append(entry("ana", "m1"))
    journal.append(entry("eva", "m2"))
    journal.append(entry("ana", "m3", kind=EntryKind.WEBHOOK_DELIVERY))
    journal.append(entry())
    return journal


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), [1, 2, 3, 4]),
        (Query(after=1), [2, 3, 4]),
        (Query(after=3), [4]),
        (Query(after=4), []),
        (Query(after=99), []),
        (Query(customer="ana"), [1, 3]),
        (Query(customer="ana", after=1), [3]),
        (Query(mid="m2"), [2]),
        (Query(mid="m2", customer="ana"), []),
        (Query(kind="webhook_delivery"), [3]),
        (Query(limit=2), [1, 2]),
        (Query(limit=0), []),
    ],
)
def test_a_query_finds_what_matches(journal: Journal, query: Query, expected: list[int]) -> None:
    assert seqs(journal, query) == expected


def test_a_full_journal_forgets_the_oldest_everywhere(journal: Journal) -> None:
    journal.append(entry("eva", "m5"))

    assert seqs(journal, Query()) == [2, 3, 4, 5]
    assert seqs(journal, Query(mid="m1")) == []
    assert seqs(journal, Query(customer="ana")) == [3]


def test_a_forgotten_entry_is_unknown(journal: Journal) -> None:
    journal.append(entry())

    with pytest.raises(UnknownEntryError):
        journal.entry(1)


def test_an_entry_is_found_by_its_seq(journal: Journal) -> None:
    assert journal.entry(2).mids == ("m2",)


def test_seq_counts_on_after_a_clear(journal: Journal) -> None:
    journal.clear()

    assert journal.append(entry()).seq == 5
    assert seqs(journal, Query()) == [5]


def test_a_reader_waits_for_a_matching_entry(journal: Journal) -> None:
    found: list[Entry] = []
    reader = threading.Thread(
        target=lambda: found.extend(journal.find(Query(after=4, customer="eva"), wait_s=5))
    )
    reader.start()

    journal.append(entry("ana"))
    journal.append(entry("eva"))
    reader.join(5)

    assert [one.seq for one in found] == [6]


def test_closing_lets_readers_go(journal: Journal) -> None:
    reader = threading.Thread(target=lambda: journal.find(Query(after=4), wait_s=30))
    reader.start()

    journal.close()
    reader.join(5)

    assert not reader.is_alive()


def test_a_large_body_is_kept_in_part_and_says_so() -> None:
    body = b"x" * (MOST_BODY_BYTES + 5)

    assert kept_of(body[:MOST_BODY_BYTES]) == body[:MOST_BODY_BYTES]
    assert kept_of(body).endswith(b"xx\n[the first 65536 of 65541 bytes]")


def test_bytes_that_are_no_text_take_little_room() -> None:
    file = bytes(range(128, 256)) * 400
    entry = Entry(
        EntryKind.GRAPH_CALL,
        EntryOutcome.ANSWERED,
        0,
        request=RecordedRequest("POST", "/", {}, b"--b\r\n\r\n" + file + b"\r\n--b--"),
    )

    told = entry_json(entry)["request"]["body"]

    assert len(told) < 100
    assert told.startswith("--b")
    assert told.endswith("--b--")


def test_an_upload_leaves_a_small_entry() -> None:
    emulator = build_emulator(Settings(), HandTransport(), HandFetcher())
    page = emulator.parts.world.page
    file = (io.BytesIO(bytes(range(256)) * 10_000), "a.pdf", "application/pdf")
    message = '{"attachment":{"type":"file","payload":{"is_reusable":true}}}'
    answer = (
        app_over(emulator)
        .test_client()
        .post(
            f"/v25.0/{page.id}/message_attachments",
            data={"message": message, "platform": "instagram", "filedata": file},
            headers={"Authorization": f"Bearer {page.access_token}"},
        )
    )

    told = json.dumps([entry_json(one) for one in emulator.parts.journal.find(Query())])
    emulator.close()
    assert answer.status_code == 200, answer.text
    assert len(told) < 100_000
    assert "bytes]" in told
