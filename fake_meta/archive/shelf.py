"""Where old messages lie: the port that the archive needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol


class ShelfError(Exception):
    """The shelf cannot take more: no room, no permission."""


class Row(NamedTuple):
    """A message in its place of a thread, as text."""

    thread: int
    place: int
    mid: str
    text: str


class Shelf(Protocol):
    """Rows by place, and found by mid; called under the world's lock."""

    def add(self, rows: Sequence[Row]) -> None:
        """Keep rows, in place of what lies there, all or none; ShelfError."""
        ...

    def change(self, row: Row) -> None:
        """Put `row` where the one of this thread and place is; ShelfError."""
        ...

    def text_at(self, thread: int, place: int) -> str | None:
        """The text in this place, None when there is none."""
        ...

    def texts_of(self, thread: int) -> Iterator[tuple[int, str]]:
        """Places and texts of a thread, in order."""
        ...

    def place_of(self, mid: str) -> tuple[int, int] | None:
        """Thread and place of the message, None when it does not lie here."""
        ...

    def rows(self) -> Iterator[Row]:
        """Everything."""
        ...

    def close(self) -> None:
        """Throw everything away."""
        ...
