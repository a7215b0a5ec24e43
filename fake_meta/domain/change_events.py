"""What Meta sends as `changes`: comments, mentions, story insights (meta-contract §3.12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fake_meta.domain.events import JsonObject
from fake_meta.domain.identifiers import Igsid

INSIGHT_KEYS = ("impressions", "reach", "taps_forward", "taps_back", "exits", "replies")
_TOO_FEW = 5


class MediaType(StrEnum):
    """`media_product_type` of a post."""

    FEED = "FEED"
    REELS = "REELS"
    LIVE = "LIVE"
    AD = "AD"


@dataclass(frozen=True, slots=True)
class Comment:
    """A customer's comment below a post of the company, or a live broadcast.

    On a Page also what a visitor posted there, which is its own `media_id`.
    """

    id: str
    username: str
    igsid: Igsid
    text: str
    media_id: str
    media_type: MediaType
    created_ms: int
    parent_id: str | None = None
    is_answered: bool = False

    @property
    def is_post(self) -> bool:
        """Somebody posted it on the Page; it is below nothing."""
        return self.media_id == self.id


ID_KEYS: Mapping[str, tuple[str, ...]] = {
    "both": ("id", "comment_id"),
    "id": ("id",),
    "comment_id": ("comment_id",),
}
"""By the choice comment_ids."""


def comment_value(comment: Comment, id_keys: tuple[str, ...] = ID_KEYS["both"]) -> JsonObject:
    """The value of `comments` and `live_comments`; readers know either key of the id (§3.12)."""
    value: dict[str, Any] = dict.fromkeys(id_keys, comment.id)
    if comment.parent_id is not None:
        value["parent_id"] = comment.parent_id
    value["text"] = comment.text
    value["from"] = {"id": comment.igsid, "username": comment.username}
    value["media"] = {"id": comment.media_id, "media_product_type": str(comment.media_type)}
    if comment.media_type is MediaType.AD:
        value["media"] |= {"ad_id": comment.media_id, "ad_title": "Ad"}
    return value


def mention_value(media_id: str, comment_id: str | None) -> JsonObject:
    """The value of `mentions`: in a caption, or in a comment."""
    if comment_id is None:
        return {"media_id": media_id}
    return {"comment_id": comment_id, "media_id": media_id}


def insights_value(media_id: str, counts: Mapping[str, int]) -> JsonObject:
    """The value of `story_insights`; Meta hides what is under 5 as -1."""
    shown = {key: counts.get(key, 0) for key in INSIGHT_KEYS}
    return {"media_id": media_id} | {k: v if v >= _TOO_FEW else -1 for k, v in shown.items()}
