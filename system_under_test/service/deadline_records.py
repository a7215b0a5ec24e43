"""The record of every deadline that the database keeps."""

from __future__ import annotations

from typing import Protocol


class Deadlines(Protocol):
    """All of them at once, whatever they belong to."""

    def any_strayed(self, now_ms: int) -> bool:
        """Whether one lies further ahead than its rule can put it now."""

    def bring_back(self, now_ms: int) -> int:
        """Put such ones where their rule would put them now; how many there were."""
