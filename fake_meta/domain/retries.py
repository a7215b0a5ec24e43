"""When Meta tries a delivery again, and when it gives up (meta-contract §2.6).

Two of Meta's pages tell two regimes; which event follows which is the choice "retry_schedule".
"""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain.choices import Choices

_MINUTE_MS = 60 * 1000
_HOUR_S = 3600
_FIRST_HOUR_S = (0, 1, 3, 8, 20, 60, 180, 600, 1800, _HOUR_S)


@dataclass(frozen=True, slots=True)
class Regime:
    """`offsets_s` are seconds after the first attempt at which attempt 1, 2, … is made.

    `alert_after_ms` and `disable_after_ms` are how long everything must have failed until the
    developer is told, and until the app is unsubscribed; None: never.
    """

    offsets_s: tuple[int, ...]
    alert_after_ms: int | None = None
    disable_after_ms: int | None = None

    def next_attempt_ms(self, first_attempt_ms: int, attempts_made: int) -> int | None:
        """When the next attempt is due, or None when the schedule is used up."""
        if attempts_made >= len(self.offsets_s):
            return None
        return first_attempt_ms + self.offsets_s[attempts_made] * 1000

    def is_worth_an_alert(self, failing_since_ms: int, now_ms: int) -> bool:
        """Everything has failed for so long that the developer is told."""
        limit_ms = self.alert_after_ms
        return limit_ms is not None and now_ms - failing_since_ms >= limit_ms

    def is_hopeless(self, failing_since_ms: int, now_ms: int) -> bool:
        """Everything has failed for so long that the app is unsubscribed."""
        limit_ms = self.disable_after_ms
        return limit_ms is not None and now_ms - failing_since_ms >= limit_ms


ONE_HOUR = Regime(_FIRST_HOUR_S, 15 * _MINUTE_MS, 60 * _MINUTE_MS)
"""The Messenger Platform's: an alert after 15 minutes, unsubscribed after an hour."""

DAY_AND_A_HALF = Regime(
    (*_FIRST_HOUR_S, *range(2 * _HOUR_S, 36 * _HOUR_S + 1, _HOUR_S)), 15 * _MINUTE_MS
)
"""That of Graph API webhooks: after the first hour hourly to 36 hours, then dropped."""


def regime_of(choices: Choices, *, is_change: bool) -> Regime:
    """The regime that an event follows; `is_change`: it comes as `changes`."""
    if choices.retry_schedule == "by_event":
        return DAY_AND_A_HALF if is_change else ONE_HOUR
    return ONE_HOUR if choices.retry_schedule == "one_hour" else DAY_AND_A_HALF
