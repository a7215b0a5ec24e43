"""What bubbles show, and where they stand."""

from __future__ import annotations

import pytest

from system_under_test.domain import events as ev
from system_under_test.domain.medium import INSTAGRAM
from system_under_test.domain.messages import (
    Content,
    Latest,
    Part,
    TextRefusedError,
    check_text,
    content_of,
    place_in_order,
    preview_of,
    same_text,
    time_of,
)

CDN = "https://lookaside.fbsbx.com/x"
HOUR_MS = 3_600_000


def received(**content: object) -> ev.MessageReceived:
    return ev.MessageReceived("1", "2", "m", 3, **content)  # type: ignore[arg-type]


def attached(*types: str) -> tuple[ev.Attachment, ...]:
    return tuple(ev.Attachment(one, f"{CDN}/{one}") for one in types)


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file"])
def test_media_keep_their_kind_and_caption(kind: str) -> None:
    content = content_of(received(text="veja", attachments=attached(kind)))

    assert content == Content(kind, "veja", f"{CDN}/{kind}", (Part(kind, f"{CDN}/{kind}"),))


@pytest.mark.parametrize("kind", ["ig_reel", "share", "template", "made_up_tomorrow"])
def test_other_attachments_are_a_placeholder_with_their_address(kind: str) -> None:
    content = content_of(received(attachments=attached(kind)))

    assert (content.kind, content.url) == ("unsupported", f"{CDN}/{kind}")


def test_an_album_keeps_all_its_parts() -> None:
    content = content_of(received(attachments=attached("image", "video")))

    assert [part.kind for part in content.parts] == ["image", "video"]


def test_a_mention_without_address_is_not_available() -> None:
    mention = ev.StoryMentioned(
        "1", "2", "m", 3, attachments=(ev.Attachment("story_mention", None),)
    )

    assert content_of(mention).available is False


def test_a_story_reply_shows_the_story_and_the_text() -> None:
    reply = ev.StoryReplied("1", "2", "m", 3, text="linda!", story_url=CDN, story_id="18")

    assert content_of(reply) == Content("story_reply", "linda!", CDN)


def test_a_heart_sticker_is_a_heart() -> None:
    assert content_of(received(attachments=(ev.Attachment("like_heart", None),))).text == "❤️"


def test_nothing_at_all_is_a_placeholder() -> None:
    assert content_of(received()).kind == "unsupported"
    assert content_of(received(is_unsupported=True)).kind == "unsupported"


@pytest.mark.parametrize("text", ["x" * 1000, "é" * 500, "\N{GRINNING FACE}" * 250])
def test_a_thousand_bytes_pass(text: str) -> None:
    assert check_text(f" {text}\n", INSTAGRAM) == text


@pytest.mark.parametrize(
    ("text", "code", "size"),
    [("x" * 1001, "too_long", 1001), ("é" * 501, "too_long", 1002), (" \n", "empty", 0)],
)
def test_more_bytes_or_none_are_refused(text: str, code: str, size: int) -> None:
    with pytest.raises(TextRefusedError) as refused:
        check_text(text, INSTAGRAM)

    assert (refused.value.code, refused.value.size) == (code, size)


def test_blanks_do_not_make_another_text() -> None:
    assert same_text("bom  dia\n", "bom dia")
    assert not same_text("bom dia", "bomdia")


def test_a_preview_is_one_line() -> None:
    assert preview_of(Content("text", "a\n b  c")) == "a b c"


def test_a_late_event_finds_its_place_but_not_before_a_reply() -> None:
    assert place_in_order(50, Latest(any_ms=100)) == 50
    assert place_in_order(50, Latest(any_ms=100, out_ms=80)) == 80


def test_a_reply_stands_at_the_end_whatever_our_clock_says() -> None:
    assert place_in_order(None, Latest(any_ms=100, out_ms=80, late_ms=80)) == 100
    assert place_in_order(None, Latest()) == 0


def test_a_reply_to_late_messages_has_a_place_of_its_own() -> None:
    assert place_in_order(None, Latest(any_ms=100, out_ms=100, late_ms=100)) == 101


def test_metas_time_counts_though_our_clock_is_late() -> None:
    assert time_of(HOUR_MS, arrived_ms=0) == HOUR_MS
    assert time_of(24 * HOUR_MS, arrived_ms=0) == 24 * HOUR_MS
    assert time_of(24 * HOUR_MS + 1, arrived_ms=0) == 60_000
    assert time_of(None, arrived_ms=5) == 5
