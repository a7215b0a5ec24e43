"""When a service is open, as people write it: `America/Sao_Paulo mon-fri 08:00-18:00, sat 9-13`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_MINUTES = 24 * 60
_SPAN = re.compile(
    r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?\s+"
    r"(?P<from>\d{1,2}(?::\d\d)?)-(?P<until>\d{1,2}(?::\d\d)?)"
)
_EXAMPLE = "America/Sao_Paulo mon-fri 08:00-18:00, sat 09:00-13:00"


class HoursError(Exception):
    """Not a way to write hours; the text says what was expected, `why` names it in one word."""

    def __init__(self, sentence: str, why: str, given: str) -> None:
        super().__init__(sentence)
        self.why = why
        self.values = {"given": given, "example": _EXAMPLE}


@dataclass(frozen=True, slots=True)
class Span:
    """On one day of the week (0 is Monday) from one minute of the day until before another."""

    day: int
    from_minute: int
    until_minute: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans in the local time of a zone; without any: always open."""

    zone: str = "UTC"
    spans: tuple[Span, ...] = ()
    text: str = ""

    def is_open(self, now_ms: int) -> bool:
        """Whether this moment lies in a span."""
        if not self.spans:
            return True
        local = self._local(now_ms)
        minute = local.hour * 60 + local.minute
        return any(
            span.day == local.weekday() and span.from_minute <= minute < span.until_minute
            for span in self.spans
        )

    def opened_ms(self, now_ms: int) -> int:
        """Since when it is open, from a moment at which it is; 0: it was never closed."""
        if not self.spans:
            return 0
        since = now_ms
        for _ in range(len(self.spans) + 1):
            local = self._local(since)
            minute = local.hour * 60 + local.minute
            midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
            around = [
                self._opening(midnight, span)
                for span in self.spans
                if span.day == local.weekday() and span.from_minute <= minute < span.until_minute
            ]
            if not around:
                return since + 1 if since < now_ms else since
            since = min(around) - 1  # one that ends where another begins goes on
        return 0

    def next_opening_ms(self, now_ms: int) -> int | None:
        """When it opens next, from a moment at which it is closed; None when it is open."""
        if self.is_open(now_ms):
            return None
        local = self._local(now_ms)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        openings = [
            self._opening(midnight + timedelta(days=ahead), span)
            for ahead in range(8)
            for span in self.spans
            if span.day == (local.weekday() + ahead) % 7
        ]
        return min(at_ms for at_ms in openings if at_ms > now_ms)

    def _local(self, now_ms: int) -> datetime:
        return datetime.fromtimestamp(now_ms / 1000, tz=UTC).astimezone(ZoneInfo(self.zone))

    def _opening(self, day: datetime, span: Span) -> int:
        at = day.replace(hour=span.from_minute // 60, minute=span.from_minute % 60)
        return int(at.timestamp() * 1000)


ALWAYS = Hours()


@lru_cache(64)  # every transaction asks, and the few answers do not change
def parse_hours(text: str) -> Hours:
    """Hours as written; empty is always open. HoursError says what is wrong."""
    if not text.strip():
        return ALWAYS
    zone, _, rest = text.strip().partition(" ")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise HoursError(
            f"{zone!r} is no time zone; hours look like {_EXAMPLE!r}", "zone", zone
        ) from error
    spans = [span for part in rest.split(",") for span in _spans(part.strip().lower())]
    return Hours(zone, tuple(spans), text.strip())


def _spans(part: str) -> list[Span]:
    match = _SPAN.fullmatch(part)
    if match is None or not {match["first"], match["last"] or match["first"]} <= set(DAYS):
        raise HoursError(
            f"{part!r} is no part of a week; hours look like {_EXAMPLE!r}", "week", part
        )
    first, last = DAYS.index(match["first"]), DAYS.index(match["last"] or match["first"])
    opens, closes = _minute(match["from"]), _minute(match["until"])
    if not 0 <= opens < closes <= _DAY_MINUTES:
        raise HoursError(
            f"{part!r} must end after it begins, on the same day (until 24:00)", "span", part
        )
    days = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    return [Span(day, opens, closes) for day in days]


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    if int(minute or 0) > 59:
        raise HoursError(f"{text!r} is no time of day", "time", text)
    return int(hour) * 60 + int(minute or 0)
