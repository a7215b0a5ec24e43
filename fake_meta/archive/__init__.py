"""Messages of all threads: the newest in memory, older ones in a temporary file."""

from __future__ import annotations

from fake_meta.archive.archive import DEFAULT_IN_MEMORY, MessageArchive
from fake_meta.archive.shelf import Row, Shelf, ShelfError
from fake_meta.archive.sqlite_shelf import SqliteShelf

__all__ = [
    "DEFAULT_IN_MEMORY",
    "MessageArchive",
    "Row",
    "Shelf",
    "ShelfError",
    "SqliteShelf",
]
