"""Stories, and when a mention of the company in one becomes a message (meta-contract §9.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fake_meta.domain.accounts import Customer
from fake_meta.domain.identifiers import Mid, StoryId

STORY_LIFE_MS = 24 * 3600 * 1000


class MentionVariant(StrEnum):
    """How a mention arrives (meta-contract §9.2)."""

    PLAIN = "plain"
    NO_URL = "no_url"
    TWICE = "twice"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Story:
    """A published story.

    `mid` is the message that a mention of the company made, None when it made none;
    `not_sent_because` is the sentence why the company's app hears nothing of it.
    """

    id: StoryId
    mid: Mid | None
    not_sent_because: str | None
    url: str
    caption: str
    published_ms: int


def is_over(published_ms: int, now_ms: int) -> bool:
    """A story lives 24 h."""
    return now_ms - published_ms >= STORY_LIFE_MS


def no_mention_because(
    author: Customer, company_username: str, mentions: tuple[str, ...]
) -> str | None:
    """Why Instagram makes no message of this story, or None when it makes one."""
    wanted = company_username.casefold()
    if wanted not in {name.removeprefix("@").casefold() for name in mentions}:
        return f"the story of {author.username} does not mention {company_username}"
    if author.private and not author.followed_by_business:
        return (
            f"{author.username} is a private account that {company_username} does not follow: "
            "only public accounts, or private ones followed by the business, make story mentions "
            "(meta-contract §9.2)"
        )
    return None
