"""Why a message is not at the console: what Meta's journal says about its delivery. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from harness.drivers.contract import JournalEntry
from harness.errors import ConformanceFailure

T = TypeVar("T")
OK = 200


def cause_of(fate: JournalEntry | None) -> str:
    """Say in one sentence who is late or has refused."""
    if fate is None:
        return "Meta has not delivered its webhook yet: it is late, and the console cannot know"
    if fate.kind == "webhook_not_sent":
        return f"Meta sent no webhook: {fate.reason}"
    if fate.status == OK:
        return f"the console answered its webhook with 200 (attempt {fate.attempt})"
    answer = f"status {fate.status}" if fate.status else fate.outcome
    why = f", {fate.reason}" if fate.reason else ""
    return f"its webhook was not accepted: {answer}{why} (attempt {fate.attempt})"


def explained(look: Callable[[], T], fate: Callable[[], JournalEntry | None]) -> T:
    """Look for a message; a failure names what became of its webhook."""
    try:
        return look()
    except ConformanceFailure as failure:
        raise ConformanceFailure(
            failure.reason,
            expected=failure.expected,
            actual=f"{failure.actual}; {cause_of(fate())}",
            waited_s=failure.waited_s,
            history=failure.history,
            observations=failure.observations,
        ) from None
