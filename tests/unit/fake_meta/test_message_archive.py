"""The archive of messages: what is on the shelf reads as if it were in memory."""

import pickle
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fake_meta.archive import MessageArchive, Row, ShelfError, SqliteShelf
from fake_meta.archive.line import packed, unpacked
from fake_meta.domain.identifiers import Mid
from fake_meta.domain.threads import (
    Attachment,
    MessageKind,
    Offer,
    Origin,
    Reaction,
    Sender,
    ThreadMessage,
)

TEXTS = st.text(max_size=20)
MAYBE = st.none() | TEXTS
THINGS = st.dictionaries(TEXTS, TEXTS | st.integers() | st.lists(TEXTS, max_size=2), max_size=3)
MESSAGES = st.builds(
    ThreadMessage,
    mid=st.text("abcXYZ0189", min_size=1, max_size=12).map(Mid),
    sender=st.sampled_from(Sender),
    kind=st.sampled_from(MessageKind),
    text=TEXTS,
    url=MAYBE,
    timestamp_ms=st.integers(0, 2**45),
    unsent=st.booleans(),
    attachments=st.lists(st.builds(Attachment, TEXTS, st.none() | THINGS), max_size=2).map(tuple),
    reply_to=MAYBE.map(lambda text: None if text is None else Mid(text)),
    quick_reply=MAYBE,
    postback=MAYBE,
    quick_replies=st.lists(st.builds(Offer, TEXTS, MAYBE, MAYBE), max_size=2).map(tuple),
    reactions=st.lists(st.builds(Reaction, st.sampled_from(Sender), TEXTS, TEXTS), max_size=2).map(
        tuple
    ),
    referral=st.none() | THINGS,
    edits=st.integers(0, 5),
    is_self=st.booleans(),
    origin=st.sampled_from(Origin),
)


def message(mid: str, text: str = "olá") -> ThreadMessage:
    return ThreadMessage(Mid(mid), Sender.CUSTOMER, MessageKind.TEXT, text, None, 1)


class FullShelf(SqliteShelf):
    """A disk without room."""

    is_full = True

    def add(self, rows: Sequence[Row]) -> None:
        if self.is_full:
            raise ShelfError("no space left on device")
        super().add(rows)

    def change(self, row: Row) -> None:
        if self.is_full:
            raise ShelfError("no space left on device")
        super().change(row)


@given(MESSAGES)
def test_a_line_reads_as_the_message_that_it_was(one: ThreadMessage) -> None:
    assert unpacked(packed(one)) == one


def test_a_usual_message_is_a_short_line() -> None:
    assert packed(message("m")) == '["m","customer","text","ol\\u00e1",null,1,{}]'


class ArchiveAgainstLists(RuleBasedStateMachine):
    """A bounded archive and plain lists get the same; they must look the same."""

    def __init__(self) -> None:
        super().__init__()
        self.archive = MessageArchive(in_memory=3)
        self.lists: dict[int, list[ThreadMessage]] = {1: [], 2: [], 3: []}
        self.number = 0

    @rule(thread=st.integers(1, 3), one=MESSAGES)
    def add(self, thread: int, one: ThreadMessage) -> None:
        self.number += 1
        named = unpacked(packed(one).replace(f'"{one.mid}"', f'"mid.{self.number}"', 1))
        self.archive.add(thread, len(self.lists[thread]), named)
        self.lists[thread].append(named)

    @precondition(lambda self: self.lists[1])
    @rule(data=st.data(), text=TEXTS)
    def change(self, data: st.DataObject, text: str) -> None:
        place = data.draw(st.integers(0, len(self.lists[1]) - 1))
        changed = message(self.lists[1][place].mid, text)
        self.archive.change(1, place, changed)
        self.lists[1][place] = changed

    @rule(in_memory=st.integers(0, 5))
    def bound(self, in_memory: int) -> None:
        self.archive.in_memory = in_memory

    @rule()
    def save_and_bring_back(self) -> None:
        before, self.archive = self.archive, pickle.loads(pickle.dumps(self.archive))
        before.close()

    @invariant()
    def every_thread_is_the_same(self) -> None:
        threads = {
            thread: list(self.archive.thread(thread, len(one)))
            for thread, one in self.lists.items()
        }
        assert threads == self.lists

    @invariant()
    def every_message_is_found(self) -> None:
        expected = {
            one.mid: (thread, place)
            for thread, messages in self.lists.items()
            for place, one in enumerate(messages)
        }
        assert {mid: self.archive.place_of(mid) for mid in expected} == expected
        assert all(self.archive.at(*at) == self.lists[at[0]][at[1]] for at in expected.values())

    def teardown(self) -> None:
        self.archive.close()


TestArchiveAgainstLists = ArchiveAgainstLists.TestCase
TestArchiveAgainstLists.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def test_no_more_stays_in_memory_than_was_asked_for() -> None:
    archive = MessageArchive(in_memory=8)

    for place in range(100):
        archive.add(1, place, message(f"mid.{place}"))

    assert len(archive._recent) <= 8 + 2
    assert [one.mid for one in archive.thread(1, 100)] == [f"mid.{n}" for n in range(100)]


def test_a_full_disk_costs_memory_and_no_message() -> None:
    archive = MessageArchive(in_memory=4, shelf=FullShelf())

    for place in range(50):
        archive.add(1, place, message(f"mid.{place}"))

    assert [one.mid for one in archive.thread(1, 50)] == [f"mid.{n}" for n in range(50)]


def test_a_change_that_the_disk_does_not_take_shows_all_the_same() -> None:
    shelf = FullShelf()
    shelf.is_full = False
    archive = MessageArchive(in_memory=0, shelf=shelf)
    archive.add(1, 0, message("mid.0"))
    shelf.is_full = True

    archive.change(1, 0, message("mid.0", "changed"))

    again = pickle.loads(pickle.dumps(archive))
    assert [one.thread(1, 1)[0].text for one in (archive, again)] == ["changed"] * 2
    shelf.is_full = False
    archive.in_memory = 0
    archive.add(1, 1, message("mid.1"))
    assert [one.text for one in archive.thread(1, 2)] == ["changed", "olá"]
    assert archive.place_of("mid.0") == (1, 0)


@pytest.mark.parametrize("mid", ["", "mid.7", "ação", "\ud800", "mid.0\0", "' OR 1=1 --"])
def test_what_nobody_wrote_is_not_found(mid: str) -> None:
    archive = MessageArchive(in_memory=0)
    archive.add(1, 0, message("mid.0"))

    assert archive.place_of(mid) is None


def test_there_is_nothing_behind_the_last_message() -> None:
    archive = MessageArchive(in_memory=0)
    archive.add(1, 0, message("mid.0"))

    with pytest.raises(IndexError):
        archive.at(1, 1)


@pytest.mark.parametrize("row", [(1, 0, "m", "no json"), (1, 0, "m", "[1]"), (1, 0), None])
def test_a_damaged_row_is_seen_when_it_is_brought_back(row: Any) -> None:
    archive = MessageArchive()

    with pytest.raises((ValueError, TypeError)):
        archive.__setstate__({"in_memory": 1, "rows": [row]})
