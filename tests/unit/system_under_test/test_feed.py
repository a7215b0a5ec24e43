"""The event stream, presence and the doorbell."""

from __future__ import annotations

import pytest

from system_under_test.adapters.doorbell import ThreadDoorbell
from system_under_test.service.feed import TooManyStreamsError
from tests.fakes.little_console import LittleConsole

ANA = "3603717463085785"


def types(little: LittleConsole, session: object, after: int) -> list[str]:
    return [one.type for one in little.feed.read(session, after).events]  # type: ignore[arg-type]


def test_a_new_conversation_is_told_with_its_messages(little: LittleConsole) -> None:
    session = little.enter()
    cursor = little.feed.newest()

    little.open(ANA, session)
    little.deliver(little.message(ANA, "mais"))

    events = little.feed.read(session, cursor).events
    assert [one.type for one in events] == [
        "conversation_opened",
        "message",
        "conversation_updated",
    ]
    assert [one["text"] for one in events[0].data["messages"]] == ["Oi"]


def test_an_agent_hears_nothing_of_another(little: LittleConsole) -> None:
    one = little.enter("agent1")
    other = little.enter("agent2", status=None)
    cursor = little.feed.newest()

    little.open(ANA, one)

    assert types(little, other, cursor) == []


def test_a_long_absence_is_caught_up_page_by_page(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    cursor = little.feed.newest()
    little.deliver(*[little.message(ANA, str(count)) for count in range(150)])

    first = little.feed.read(session, cursor)
    second = little.feed.read(session, first.cursor)

    told = [one for one in (*first.events, *second.events) if one.type == "message"]
    assert first.more
    assert not second.more
    assert [one.data["message"]["text"] for one in told] == [str(count) for count in range(150)]
    assert number


def test_a_pruned_cursor_is_reset(little: LittleConsole) -> None:
    session = little.enter()
    little.open(ANA, session)
    little.clock.now += 25 * 3_600_000

    little.presence.flush()

    assert little.feed.read(session, 0).reset
    assert not little.feed.read(session, little.feed.newest()).reset


def test_the_queue_is_told_as_one_latest_length(little: LittleConsole) -> None:
    session = little.enter(status="pause_meal")
    cursor = little.feed.newest()

    little.deliver(*[little.message(f"36000000000{number:02}") for number in range(3)])

    events = little.feed.read(session, cursor).events
    assert [(one.type, one.data) for one in events] == [("queue", {"length": 3})]


def test_a_stream_ends_with_its_session(little: LittleConsole) -> None:
    session = little.enter()
    batches = little.feed.follow(session, little.feed.newest())
    next(batches)

    little.enter()

    told = [one.type for batch in batches if batch for one in batch.events]
    assert "taken_over" in told


def test_streams_are_limited_and_given_back(little: LittleConsole) -> None:
    session = little.enter()
    streams = [little.feed.follow(session, 0) for _ in range(3)]
    for stream in streams:
        next(stream)

    with pytest.raises(TooManyStreamsError):
        next(little.feed.follow(session, 0))
    streams[0].close()

    assert next(little.feed.follow(session, 0)) is None


def test_a_lost_agent_gets_nothing_until_back(little: LittleConsole) -> None:
    session = little.enter()
    little.clock.now += 30_001
    little.deliver(little.message(ANA))
    while_away = little.desk.state(session)["queue_length"]

    little.feed.read(session, little.feed.newest())

    assert while_away == 1
    assert len(little.desk.state(session)["conversations"]) == 1


def test_a_touched_lease_is_renewed_by_the_flush(little: LittleConsole) -> None:
    session = little.enter()
    little.clock.now += 20_000
    little.presence.touch(session)

    little.presence.flush()

    little.clock.now += 20_000
    little.deliver(little.message(ANA))
    assert little.desk.state(session)["queue_length"] == 0


def test_a_ring_between_wait_and_wait_is_not_lost() -> None:
    bell = ThreadDoorbell()
    listener = bell.listen(["agent:1"])

    bell.ring(["agent:2"])
    silent = listener.wait(0)
    bell.ring(["agent:1"])

    assert not silent
    assert listener.wait(0)
    assert not listener.wait(0)


def test_a_stopped_bell_rings_for_ever() -> None:
    bell = ThreadDoorbell()
    early = bell.listen(["agent:1"])
    bell.stop()
    late = bell.listen(["agent:1"])

    assert [early.wait(0), early.wait(0), late.wait(0)] == [True, True, True]
