"""The length limit of a text sent by the Send API (meta-contract §4.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


def length_in_bytes(text: str) -> int:
    """Meta counts UTF-8 bytes; a lone surrogate counts as the replacement character."""
    return len(text.encode("utf-8", errors="replace"))


@dataclass(frozen=True, slots=True)
class TextLimit:
    """The most of something that a text may hold."""

    most: int
    length_of: Callable[[str], int]

    def is_exceeded_by(self, text: str) -> bool:
        """The text is longer."""
        return self.length_of(text) > self.most


TEXT_LIMITS: Mapping[str, TextLimit] = {
    "1000_bytes": TextLimit(1000, length_in_bytes),
    "2000_characters": TextLimit(2000, len),
}
"""By the choice text_limit."""

MESSENGER_LIMIT = "2000_characters"
"""On Messenger nothing is open (meta-contract §4.2)."""
