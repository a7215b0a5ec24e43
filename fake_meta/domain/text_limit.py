"""The length limit of a text sent by the Send API (meta-contract §4.2)."""

from __future__ import annotations

MAX_TEXT_BYTES = 1000


def length_in_bytes(text: str) -> int:
    """Meta counts UTF-8 bytes; a lone surrogate counts as the replacement character."""
    return len(text.encode("utf-8", errors="replace"))


def is_too_long(text: str) -> bool:
    """More than 1000 UTF-8 bytes."""
    return length_in_bytes(text) > MAX_TEXT_BYTES
