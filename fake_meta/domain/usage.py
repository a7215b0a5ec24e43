"""Calls counted, judged by their limits, and told in headers (meta-contract §8.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fake_meta.domain.choices import Choices
from fake_meta.domain.graph_errors import AnyError
from fake_meta.domain.rate_limits import (
    LIMITS,
    LimitName,
    LimitRules,
    RollingCount,
    most_calls,
)

BUSINESS = (LimitName.PAGES, LimitName.MESSENGER, LimitName.INSTAGRAM)
"""Use cases that `x-business-use-case-usage` names, under these very words."""

ALLOWED_US = 50_000
"""Time that a call may take on average before time fills up earlier than calls do; our own."""

_MINUTE_MS = 60_000
_MOST_OBJECTS = 32


@dataclass(slots=True)
class Meter:
    """Counts of one world; `headers` are made anew only when a per cent may have changed."""

    rules: LimitRules = field(default_factory=LimitRules)
    counts: dict[LimitName, dict[str, RollingCount]] = field(
        default_factory=lambda: {name: {} for name in LimitName}
    )
    calls: int = 0
    spent_us: int = 0
    _headers: dict[str, str] = field(default_factory=dict)
    _stale_at_call: int = 0
    _stale_at_ms: int = 0

    def count(
        self, names: Iterable[LimitName], subject: str, now_ms: int, choices: Choices
    ) -> AnyError | None:
        """Count one call under each name; the error of the first limit that it is beyond.

        Calls count also while they are refused.
        """
        self.calls += 1
        beyond: AnyError | None = None
        for name in names:
            counts = self.counts[name]
            counter = counts.get(subject)
            if counter is None:
                counter = counts[subject] = RollingCount(LIMITS[name].window_ms)
            total = counter.add(now_ms)
            if self.rules.enforced and beyond is None:
                is_beyond = total > most_calls(name, self.rules, choices)
                beyond = LIMITS[name].error if is_beyond else None
        return beyond

    def set_rules(self, rules: LimitRules) -> None:
        """Count on under other rules."""
        self.rules = rules
        self._stale_at_call = 0

    def headers(self, now_ms: int, choices: Choices) -> Mapping[str, str]:
        """The usage headers of an answer given now."""
        is_fresh = self._stale_at_ms - _MINUTE_MS <= now_ms < self._stale_at_ms
        if self.calls >= self._stale_at_call or not is_fresh:
            self._headers = self._made(now_ms, choices)
            smallest = min(most_calls(name, self.rules, choices) for name in _SHOWN)
            self._stale_at_call = self.calls + max(1, smallest // 100)
            self._stale_at_ms = now_ms + _MINUTE_MS
        return self._headers

    def _made(self, now_ms: int, choices: Choices) -> dict[str, str]:
        made = {"x-app-usage": _written(self._percents(LimitName.APP, now_ms, choices)[:3])}
        objects: dict[str, list[dict[str, object]]] = {}
        for name in BUSINESS:
            for subject in self.counts[name]:
                calls, cpu, time, minutes = self._percents(name, now_ms, choices, subject)
                objects.setdefault(subject, []).append(
                    {
                        "type": str(name),
                        "call_count": calls,
                        "total_cputime": cpu,
                        "total_time": time,
                        "estimated_time_to_regain_access": minutes,
                    }
                )
        if objects:
            shown = dict(list(objects.items())[:_MOST_OBJECTS])
            made["x-business-use-case-usage"] = json.dumps(shown, separators=(",", ":"))
        return made

    def _percents(
        self, name: LimitName, now_ms: int, choices: Choices, subject: str | None = None
    ) -> tuple[int, int, int, int]:
        """Calls, CPU time and time in per cent of the window; minutes until access is regained."""
        counts = self.counts[name]
        counter = next(iter(counts.values()), None) if subject is None else counts[subject]
        if counter is None:
            return 0, 0, 0, 0
        counter.pass_time(now_ms)
        most = max(1, most_calls(name, self.rules, choices))
        calls = counter.total * 100 // most
        average_us = self.spent_us // max(1, self.calls)
        time = calls * average_us // ALLOWED_US
        wait_ms = counter.ms_until_below(most, now_ms) if counter.total >= most else 0
        return calls, time, time, -(-wait_ms // _MINUTE_MS)


_SHOWN = (LimitName.APP, *BUSINESS)


def _written(percents: tuple[int, ...]) -> str:
    calls, cpu, time = percents
    return f'{{"call_count":{calls},"total_time":{time},"total_cputime":{cpu}}}'
