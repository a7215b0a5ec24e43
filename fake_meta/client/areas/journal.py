"""Calls about what came and went, and waiting for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from fake_meta.client.callers import ControlError
from fake_meta.client.line import Line
from fake_meta.client.shapes import wire
from fake_meta.client.views import Entry, entry_of

LONGEST_ROUND_S = 60.0
SECONDS_TO_WAIT = 5.0
_SHOWN = 5


class NotSeenError(ControlError):
    """What was waited for did not come in time; `found` matched, `instead` did not."""

    def __init__(
        self, message: str, found: tuple[Entry, ...] = (), instead: tuple[Entry, ...] = ()
    ) -> None:
        super().__init__(message)
        self.found, self.instead = found, instead


class Journal:
    """Every exchange, oldest first."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def read(self, **query: Unpack[wire.JournalQuery]) -> wire.Journal:
        """Read the entries that match; `wait_s` waits until `count` of them are there."""
        return self._line.ask(wire.Journal, "GET", "/journal", **query)

    def entries(self, **query: Unpack[wire.JournalQuery]) -> tuple[Entry, ...]:
        """The same as values."""
        return tuple(entry_of(one) for one in self.read(**query)["entries"])

    def last_seq(self) -> int:
        """The number of the newest entry ever."""
        return self.read(limit=0)["last_seq"]

    def wait_for(
        self,
        *,
        count: int = 1,
        timeout_s: float = SECONDS_TO_WAIT,
        **conditions: Unpack[wire.Conditions],
    ) -> tuple[Entry, ...]:
        """Entries that match as soon as `count` are there; NotSeenError tells what came instead."""
        left = timeout_s
        while True:
            wait_s = min(left, LONGEST_ROUND_S)
            found = self.entries(**conditions, wait_s=wait_s, count=count)
            left -= wait_s
            if len(found) >= count:
                return found
            if left <= 0:
                raise self._not_seen(found, count, timeout_s, conditions)

    def _not_seen(
        self,
        found: tuple[Entry, ...],
        count: int,
        timeout_s: float,
        conditions: wire.Conditions,
    ) -> NotSeenError:
        known = {entry.seq for entry in found}
        after = conditions.get("after", 0)
        instead = tuple(one for one in self.entries(after=after) if one.seq not in known)
        return NotSeenError(
            f"waited {timeout_s:g} s for {count} × {_told(conditions)}, {len(found)} came; "
            f"{_listed(instead)}",
            found,
            instead,
        )


def _told(conditions: Mapping[str, object]) -> str:
    return " ".join(f"{name}={value}" for name, value in conditions.items()) or "any entry"


def _listed(instead: tuple[Entry, ...]) -> str:
    if not instead:
        return "nothing else came either: is the app subscribed (client.webhook.diagnose())?"
    lines = "; ".join(_line_of(one) for one in instead[-_SHOWN:])
    left_out = len(instead) - _SHOWN
    more = f" (and {left_out} before them)" if left_out > 0 else ""
    return f"instead came {lines}{more}"


def _line_of(entry: Entry) -> str:
    about = ", ".join(filter(None, (*entry.events, entry.customer and f"of {entry.customer}")))
    status = "" if entry.status is None else f" {entry.status}"
    why = f" because {entry.reason}" if entry.reason else ""
    return (
        f"#{entry.seq} {entry.kind} {entry.outcome}{status}" + (f" ({about})" * bool(about)) + why
    )
