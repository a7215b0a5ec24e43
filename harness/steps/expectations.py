"""Matchers in the words of the review. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from harness.drivers.contract import JournalEntry, ThreadMessage
from harness.matchers import Matcher, satisfies, shown
from harness.steps.agent_actor import Sighting
from harness.targets.contract import (
    Arrival,
    ConversationId,
    ConversationView,
    MessageView,
    PreviousView,
)

OK = 200


def shows_login_form() -> Matcher[Arrival]:
    """Expect fields and button of the login form."""
    return satisfies(
        "a form with Login, Password and ENTER",
        lambda arrival: arrival.has_login_form,
        lambda arrival: (
            f"HTTP {arrival.status} at {arrival.final_url}, titled {shown(arrival.title)}, "
            f"offering {', '.join((*arrival.buttons, *arrival.links)) or 'nothing'}"
        ),
    )


def carries_text(text: str) -> Matcher[Sighting | None]:
    """Expect a conversation with exactly this text."""
    return satisfies(
        f"a conversation with {shown(text)}",
        lambda seen: seen is not None and seen.message.text == text,
        lambda seen: shown(seen.message.text) if seen else "no conversation with it",
    )


def is_sighting(what: str) -> Matcher[Sighting | None]:
    """Expect a conversation with what was written."""
    return satisfies(f"a conversation with {what}", lambda seen: seen is not None, _sighting)


def are_texts(texts: Sequence[str]) -> Matcher[Sequence[str]]:
    """Expect exactly these texts in this order."""
    return satisfies(
        f"{len(texts)} texts in this order: {', '.join(map(shown, texts))}",
        lambda seen: list(seen) == list(texts),
        lambda seen: f"{len(seen)}: {', '.join(map(shown, seen)) or 'none'}",
    )


def is_any_conversation() -> Matcher[Sequence[ConversationView]]:
    """Expect a list that is not empty; for `never`."""
    return satisfies("a conversation", bool, _conversations)


def says_deleted(words: str) -> Matcher[Sighting | None]:
    """Expect the words in place of a message."""
    return satisfies(
        f'"{words}" in place of the message',
        lambda seen: (
            seen is not None and seen.message.deleted and words in (seen.message.placeholder or "")
        ),
        lambda seen: _message(seen.message) if seen else "no such message",
    )


def says_unavailable() -> Matcher[Sighting | None]:
    """Expect words where the content of a story was."""
    return satisfies(
        "words in place of the story, and no content",
        lambda seen: (
            seen is not None and bool(seen.message.placeholder) and not seen.message.media_visible
        ),
        lambda seen: _message(seen.message) if seen else "no such message",
    )


def shows_content() -> Matcher[Sighting | None]:
    """Expect a picture, film or sound that is there and, in a window, can be seen."""
    return satisfies(
        "visible content",
        lambda seen: (
            seen is not None
            and seen.message.media_url is not None
            and seen.message.media_visible is not False
        ),
        lambda seen: _message(seen.message) if seen else "no such message",
    )


def is_served_by(origin: str) -> Matcher[str | None]:
    """Expect an address of this origin."""
    return satisfies(
        f"an address at {origin}",
        lambda url: urlsplit(url or "")[:2] == urlsplit(origin)[:2],
    )


def in_direct(text: str, sender: str) -> Matcher[Sequence[ThreadMessage]]:
    """Expect a message of this sender with exactly this text in Direct."""
    return satisfies(
        f"{shown(text)} from the {sender}",
        lambda thread: any(seen.text == text and seen.sender == sender for seen in thread),
        lambda thread: ", ".join(shown(seen.text) for seen in thread) or "an empty thread",
    )


def is_acknowledged() -> Matcher[Sequence[JournalEntry]]:
    """Expect that the first attempt of a delivery was answered with 200."""
    return satisfies(
        "one delivery answered with 200 at the first attempt",
        lambda entries: bool(entries) and entries[0].status == OK,
        lambda entries: ", ".join(_delivery(entry) for entry in entries) or "no delivery",
    )


def names(conversation: ConversationId | None) -> Matcher[Sequence[PreviousView]]:
    """Expect the earlier conversation; where the console tells no ids, any earlier one."""
    return satisfies(
        f"the earlier conversation {conversation}",
        lambda seen: any(one.id in (None, conversation) for one in seen),
        lambda seen: ", ".join(f"{one.label} ({one.id})" for one in seen) or "none",
    )


def _delivery(entry: JournalEntry) -> str:
    return f"attempt {entry.attempt}: {entry.status or entry.outcome} {entry.reason or ''}".strip()


def _sighting(seen: Sighting | None) -> str:
    return f"in the conversation {shown(seen.conversation.name)}" if seen else "nothing"


def _conversations(seen: Sequence[ConversationView]) -> str:
    return ", ".join(f"{shown(one.name)}: {shown(one.preview)}" for one in seen) or "none"


def _message(seen: MessageView) -> str:
    media = f"media {seen.media_url} (visible: {seen.media_visible})"
    return f"{seen.kind} {shown(seen.text)}, {media}, placeholder {shown(seen.placeholder or '')}"
