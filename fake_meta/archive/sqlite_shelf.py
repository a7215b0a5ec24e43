"""Old messages in SQLite's private temporary database: a file without a name.

It lies where SQLITE_TMPDIR or TMPDIR say, is gone with the process however that ends, and is made
when the first row comes.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence

from fake_meta.archive.shelf import Row, ShelfError

_CACHE_KIB = 2048
_MADE = f"""
PRAGMA cache_size = -{_CACHE_KIB};
PRAGMA journal_mode = MEMORY;
PRAGMA synchronous = OFF;
CREATE TABLE message (thread INTEGER, place INTEGER, mark INTEGER, mid TEXT, text TEXT);
CREATE UNIQUE INDEX by_place ON message (thread, place);
CREATE INDEX by_mark ON message (mark);
"""
_ADD = "INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?, ?)"
_CHANGE = "UPDATE message SET text = ? WHERE thread = ? AND place = ?"
_AT = "SELECT text FROM message WHERE thread = ? AND place = ?"
_OF = "SELECT place, text FROM message WHERE thread = ? ORDER BY place"
_FIND = "SELECT thread, place FROM message WHERE mark = ? AND mid = ?"
_ALL = "SELECT thread, place, mid, text FROM message"


class SqliteShelf:
    """A `Shelf`; costs two megabytes of memory however much lies on it."""

    def __init__(self) -> None:
        self._open: sqlite3.Connection | None = None

    def __del__(self) -> None:
        self.close()

    def add(self, rows: Sequence[Row]) -> None:
        """Keep new rows, all or none."""
        try:
            with self._made() as database:
                database.executemany(
                    _ADD,
                    [(row.thread, row.place, _mark(row.mid), row.mid, row.text) for row in rows],
                )
        except sqlite3.Error as error:
            raise ShelfError(str(error)) from error

    def change(self, row: Row) -> None:
        """Put `row` where the one of this thread and place is."""
        try:
            with self._made() as database:
                database.execute(_CHANGE, (row.text, row.thread, row.place))
        except sqlite3.Error as error:
            raise ShelfError(str(error)) from error

    def text_at(self, thread: int, place: int) -> str | None:
        """The text in this place."""
        found = self._asked(_AT, thread, place)
        return None if found is None else str(found[0])

    def texts_of(self, thread: int) -> Iterator[tuple[int, str]]:
        """Places and texts of a thread, in order."""
        return iter(()) if self._open is None else self._open.execute(_OF, (thread,))

    def place_of(self, mid: str) -> tuple[int, int] | None:
        """Thread and place of the message; mids are ASCII, what people ask for need not be."""
        if not mid.isascii():
            return None
        found = self._asked(_FIND, _mark(mid), mid)
        return None if found is None else (found[0], found[1])

    def rows(self) -> Iterator[Row]:
        """Everything."""
        if self._open is not None:
            yield from (Row(*one) for one in self._open.execute(_ALL))

    def close(self) -> None:
        """Throw everything away."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _made(self) -> sqlite3.Connection:
        if self._open is None:
            # The world's lock lets one thread in at a time; which one changes.
            made = sqlite3.connect("", check_same_thread=False)
            made.executescript(_MADE)
            self._open = made
        return self._open

    def _asked(self, question: str, *given: object) -> tuple[int, int] | None:
        if self._open is None:
            return None
        found: tuple[int, int] | None = self._open.execute(question, given).fetchone()
        return found


def _mark(mid: str) -> int:
    """Eight bytes in place of a mid's 164, so that the index stays small."""
    digest = hashlib.blake2b(mid.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
