"""Calls about snapshots and marks."""

from __future__ import annotations

from typing import Unpack

from fake_meta.client.line import Line, json_of
from fake_meta.client.shapes import snapshots


class Snapshots:
    """The world as bytes, and marks to return to."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def save(self) -> bytes:
        """Save the world; the bytes are for `restore`."""
        return self._line.content("GET", "/snapshot")

    def restore(self, saved: bytes) -> snapshots.Restored:
        """Bring a saved world back."""
        told: snapshots.Restored = json_of(
            "PUT", "/snapshot", self._line.content("PUT", "/snapshot", saved)
        )
        return told

    def marks(self) -> snapshots.Marks:
        """List the marks."""
        return self._line.ask(snapshots.Marks, "GET", "/marks")

    def mark(self, **wish: Unpack[snapshots.MarkWish]) -> snapshots.Marks:
        """Remember the world under a name."""
        return self._line.ask(snapshots.Marks, "POST", "/marks", wish)

    def return_to(self, name: str) -> snapshots.Marks:
        """Return to a mark."""
        return self._line.ask(snapshots.Marks, "POST", "/marks/<name>/restore", name=name)

    def forget(self, name: str) -> snapshots.Marks:
        """Forget a mark."""
        return self._line.ask(snapshots.Marks, "DELETE", "/marks/<name>", name=name)
