"""One page of a long list, newest first, and the cursors between pages (meta-contract §5.5)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from fake_meta.domain import identifiers

DEFAULT_LIMIT = 25
MOST_ITEMS = 500
_CURSOR = "AQH"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """Which part is wanted: `limit` items older than `after`, or newer than `before`."""

    limit: int = DEFAULT_LIMIT
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """An item with the number that its cursor holds; newer items have higher numbers."""

    number: int
    item: T


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Items newest first, and whether there are any beyond either end."""

    items: tuple[Placed[T], ...]
    has_newer: bool = False
    has_older: bool = False


def page_of(count: int, span: Span, item_at: Callable[[int], Placed[T] | None]) -> Page[T]:
    """A page of a list of `count` places, oldest first, whose place 0 to count - 1 `item_at` reads.

    `span` speaks in places here. A place may be empty. No more places are looked at than the page
    needs to be filled and to know whether it is the last.
    """
    if span.before is not None:
        found = _take(range(span.before + 1, count), span.limit + 1, item_at)
        kept = tuple(reversed(found[: span.limit]))
        return Page(kept, has_newer=len(found) > span.limit, has_older=bool(kept))
    start = count if span.after is None else min(span.after, count)
    found = _take(range(start - 1, -1, -1), span.limit + 1, item_at)
    return Page(
        tuple(found[: span.limit]),
        has_newer=span.after is not None,
        has_older=len(found) > span.limit,
    )


def cursor_of(number: int) -> str:
    """The opaque text that stands for an item's number."""
    return identifiers.escape(f"{_CURSOR}{number:017d}")


def number_of(cursor: str) -> int | None:
    """What `cursor_of` wrote; None when this never was a cursor."""
    try:
        plain = base64.b64decode(identifiers.unescape(cursor), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    digits = plain.removeprefix(_CURSOR)
    return int(digits) if digits != plain and digits.isdecimal() else None


def _take(
    places: Iterable[int], most: int, item_at: Callable[[int], Placed[T] | None]
) -> list[Placed[T]]:
    items = (item_at(place) for place in places)
    return list(islice((item for item in items if item is not None), most))
