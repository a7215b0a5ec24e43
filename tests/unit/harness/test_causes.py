"""A missing message names what became of its webhook."""

from __future__ import annotations

from typing import Any

import pytest

from harness.drivers.contract import JournalEntry
from harness.errors import ConformanceFailure
from harness.steps.causes import cause_of, explained


def fate(**more: Any) -> JournalEntry:
    told: dict[str, Any] = {
        "seq": 1, "kind": "webhook_delivery", "customer": "ana", "mids": ("m1",),
        "events": ("message",), "attempt": 1, "outcome": "delivered", "reason": None,
        "status": 200, "raw": {}, **more,
    }  # fmt: skip
    return JournalEntry(**told)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (None, "Meta has not delivered its webhook yet: it is late, and the console cannot know"),
        (
            fate(kind="webhook_not_sent", outcome="not_sent", reason="no role", status=None),
            "Meta sent no webhook: no role",
        ),
        (fate(attempt=2), "the console answered its webhook with 200 (attempt 2)"),
        (
            fate(outcome="refused", status=500),
            "its webhook was not accepted: status 500 (attempt 1)",
        ),
        (
            fate(outcome="failed", status=None, reason="no answer within 5 s"),
            "its webhook was not accepted: failed, no answer within 5 s (attempt 1)",
        ),
    ],
)
def test_the_cause_names_the_side(entry: JournalEntry | None, words: str) -> None:
    assert cause_of(entry) == words


def test_a_failure_says_that_the_webhook_is_late() -> None:
    def look() -> str:
        raise ConformanceFailure("it appears", expected="a text", actual="none", waited_s=5.0)

    with pytest.raises(ConformanceFailure, match="none; Meta has not delivered") as caught:
        explained(look, lambda: None)

    assert (caught.value.reason, caught.value.waited_s) == ("it appears", 5.0)


def test_what_is_there_needs_no_cause() -> None:
    assert explained(lambda: "seen", lambda: None) == "seen"
