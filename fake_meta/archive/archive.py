"""All messages of a world by thread and place; the newest as objects, older ones on a shelf.

So memory is bounded, however many messages there are. Which message is where never shows.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from fake_meta.archive.line import packed, unpacked
from fake_meta.archive.shelf import Row, Shelf, ShelfError
from fake_meta.archive.sqlite_shelf import SqliteShelf
from fake_meta.domain.identifiers import Mid
from fake_meta.domain.threads import ThreadMessage

DEFAULT_IN_MEMORY = 2048
_AT_ONCE = 256
"""How many are put on the shelf together: enough to be cheap, few enough to be over soon."""

Place = tuple[int, int]


class MessageArchive:
    """Messages in the order in which each thread got them."""

    def __init__(self, in_memory: int = DEFAULT_IN_MEMORY, shelf: Shelf | None = None) -> None:
        self.in_memory = in_memory  # who lowers it sees the effect with the next message
        self._shelf = SqliteShelf() if shelf is None else shelf
        self._recent: dict[Place, ThreadMessage] = {}
        self._places: dict[Mid, Place] = {}

    def add(self, thread: int, place: int, message: ThreadMessage) -> None:
        """Keep the next message of `thread`."""
        at = (thread, place)
        self._recent[at] = message
        self._places[message.mid] = at
        at_once = max(1, min(_AT_ONCE, self.in_memory // 4))
        if len(self._recent) >= self.in_memory + at_once:
            self._shelve(len(self._recent) - self.in_memory)

    def change(self, thread: int, place: int, message: ThreadMessage) -> None:
        """The message in this place looks different now."""
        if (thread, place) not in self._recent:
            try:
                self._shelf.change(Row(thread, place, message.mid, packed(message)))
            except ShelfError:  # it hides what lies there, until the shelf takes it again
                self._places[message.mid] = (thread, place)
            else:
                return
        self._recent[thread, place] = message

    def at(self, thread: int, place: int) -> ThreadMessage:
        """The message in this place; IndexError when there is none."""
        found = self._recent.get((thread, place))
        if found is not None:
            return found
        text = self._shelf.text_at(thread, place)
        if text is None:
            raise IndexError(f"the thread {thread} has no message {place}")
        return unpacked(text)

    def place_of(self, mid: str) -> Place | None:
        """Thread and place of the message with this mid, None when there is none."""
        return self._places.get(Mid(mid)) or self._shelf.place_of(mid)

    def thread(self, thread: int, count: int) -> tuple[ThreadMessage, ...]:
        """The `count` messages of a thread, oldest first."""
        recent = [self._recent.get((thread, place)) for place in range(count)]
        if all(recent):
            return tuple(one for one in recent if one is not None)
        shelved = dict(self._shelf.texts_of(thread))
        return tuple(
            unpacked(shelved[place]) if one is None else one for place, one in enumerate(recent)
        )

    def close(self) -> None:
        """Throw away what lies on the shelf."""
        self._shelf.close()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MessageArchive) and self._rows() == other._rows()

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        """For snapshots: everything, in memory or not."""
        return {"in_memory": self.in_memory, "rows": self._rows()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Read every row anew, so that a damaged one is seen at once."""
        MessageArchive.__init__(self, int(state["in_memory"]))
        for thread, place, _mid, text in state["rows"]:
            self.add(int(thread), int(place), unpacked(text))

    def _rows(self) -> list[tuple[int, int, str, str]]:
        shelved = [(row.thread, row.place, row.mid, row.text) for row in self._shelf.rows()]
        return shelved + [(*at, one.mid, packed(one)) for at, one in self._recent.items()]

    def _shelve(self, count: int) -> None:
        """Put the oldest on the shelf; while it takes none they stay, and memory grows."""
        oldest = list(islice(self._recent.items(), count))
        try:
            self._shelf.add([Row(*at, one.mid, packed(one)) for at, one in oldest])
        except ShelfError:
            self.in_memory *= 2
            return
        for at, one in oldest:
            del self._recent[at]
            del self._places[one.mid]
