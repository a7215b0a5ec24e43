"""What is said about a message after it was written: a reaction, another text, that it was seen.

None of it is a message: it opens no conversation and extends no window (contact-centre R16).
"""

from __future__ import annotations

from dataclasses import dataclass

from system_under_test.domain.messages import Message

REACTION, EDIT, SEEN = "reaction", "edit", "seen"


@dataclass(frozen=True, slots=True)
class Mark:
    """One of them; `author_id` is who made it ("" when Meta does not say), `value` its content."""

    kind: str
    mid: str
    author_id: str
    value: str | None
    number: int
    at_ms: int


def is_newer(mark: Mark, message: Message) -> bool:
    """Whether it says something later than what the message carries: Meta's order may be broken."""
    if mark.kind == SEEN:
        return message.seen_ms is None
    return replaces(mark, message.edits, message.reaction_ms)


def replaces(mark: Mark, number: int, at_ms: int) -> bool:
    """Whether it comes after one of its kind: edits are counted, all else goes by time."""
    return mark.number > number if mark.kind == EDIT else mark.at_ms >= at_ms


def may_make(mark: Mark, message: Message, customer_id: str, account_id: str) -> bool:
    """Whether its author can say so: only who wrote a message edits it, only the thread reacts."""
    if mark.kind == EDIT:
        author = customer_id if message.direction == "in" else account_id
        return mark.author_id in ("", author)
    return mark.author_id in ("", customer_id)
