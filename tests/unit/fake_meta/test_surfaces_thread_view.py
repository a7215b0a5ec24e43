"""Bubbles: what stands in a thread, and the headings between."""

from datetime import UTC, datetime

import pytest

from fake_meta.domain.identifiers import Mid
from fake_meta.domain.threads import MessageKind, Sender, ThreadMessage
from fake_meta.surfaces.thread_view import Viewpoint, bubbles_of, day_of, heading_of

HOUR_MS = 3600 * 1000
NOON_MS = int(datetime(2025, 9, 19, 12, tzinfo=UTC).timestamp() * 1000)
VIEW = Viewpoint("empresa.exemplo", "http://meta.test", NOON_MS, UTC)


def message(kind: MessageKind = MessageKind.TEXT, **changes: object) -> ThreadMessage:
    values: dict = {
        "mid": Mid("m1"),
        "sender": Sender.CUSTOMER,
        "kind": kind,
        "text": "",
        "url": None,
        "timestamp_ms": NOON_MS,
    }
    return ThreadMessage(**{**values, **changes})


def test_an_unsent_message_leaves_no_bubble() -> None:
    messages = [message(text="stays"), message(mid=Mid("m2"), unsent=True)]

    assert [bubble.text for bubble in bubbles_of(messages, VIEW)] == ["stays"]


def test_a_story_mention_names_the_company_and_shows_the_picture() -> None:
    mention = message(MessageKind.STORY_MENTION, url="http://meta.test/cdn/?asset_id=1")

    (bubble,) = bubbles_of([mention], VIEW)

    assert bubble.notice == "You mentioned @empresa.exemplo in your story"
    assert bubble.picture == "/cdn/?asset_id=1"


def test_a_picture_that_lies_elsewhere_becomes_a_card() -> None:
    picture = message(MessageKind.IMAGE, url="https://elsewhere.test/p.png")

    (bubble,) = bubbles_of([picture], VIEW)

    assert (bubble.picture, bubble.card, bubble.link) == (None, "Photo", None)


@pytest.mark.parametrize(
    ("kind", "card"),
    [
        (MessageKind.VIDEO, "Video"),
        (MessageKind.AUDIO, "Voice message"),
        (MessageKind.FILE, "File"),
        (MessageKind.TEXT, None),
    ],
)
def test_other_media_are_cards(kind: MessageKind, card: str | None) -> None:
    (bubble,) = bubbles_of([message(kind, url="http://meta.test/cdn/1")], VIEW)

    assert bubble.card == card


@pytest.mark.parametrize(
    ("before_ms", "heading"),
    [
        (None, "Today 12:00"),
        (NOON_MS - HOUR_MS + 1, None),
        (NOON_MS - HOUR_MS, "Today 12:00"),
        (NOON_MS, None),
    ],
)
def test_a_heading_stands_where_an_hour_passed(before_ms: int | None, heading: str | None) -> None:
    assert heading_of(before_ms, NOON_MS, VIEW) == heading


def test_a_heading_stands_where_a_day_begins() -> None:
    midnight_ms = NOON_MS - 12 * HOUR_MS

    assert heading_of(midnight_ms - 1, midnight_ms, VIEW) == "Today 00:00"


@pytest.mark.parametrize(
    ("day", "said"),
    [(19, "Today"), (18, "Yesterday"), (17, "Wed"), (13, "Sat"), (12, "12 Sep 2025,")],
)
def test_days_are_said_as_people_do(day: int, said: str) -> None:
    now = datetime(2025, 9, 19, 12, tzinfo=UTC)

    assert day_of(now.replace(day=day), now) == said
