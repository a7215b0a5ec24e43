"""The journal keeps order, finds quickly, forgets the oldest and lets readers wait."""

import threading

import pytest

from fake_meta.domain.errors import UnknownEntryError
from fake_meta.journal import Entry, EntryKind, EntryOutcome, Journal, Query


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
