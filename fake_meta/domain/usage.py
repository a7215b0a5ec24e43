"""Calls counted, judged by their limits, and told in headers (meta-contract §8.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class _Told:
    """Headers, and until which call and time they hold."""

    headers: Mapping[str, str]
    until_call: int
    until_ms: int

    def is_fresh(self, calls: int, now_ms: int) -> bool:
        return calls < self.until_call and self.until_ms - _MINUTE_MS <= now_ms < self.until_ms


@dataclass(slots=True)
class Meter:
    """Counts of one world; headers are made anew only when a per cent may have changed."""

    rules: LimitRules = field(default_factory=LimitRules)
    counts: dict[LimitName, dict[str, RollingCount]] = field(
        default_factory=lambda: {name: {} for name in LimitName}
    )
    calls: int = 0
    spent_us: int = 0
    _told: dict[str, _Told] = field(default_factory=dict)

    def count(
        self, names: Iterable[LimitName], subject: str, now_ms: int, choices: Choices
    ) -> AnyError | None:
        """Count one call under each name; the error of the first limit that it is beyond.

        Calls count also while they are refused.
        """
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
        self._told.clear()

    def headers(
        self, counted: Sequence[str], spent_us: int, now_ms: int, choices: Choices
    ) -> Mapping[str, str]:
        """The usage headers of an answer now: it took so long and counted for these objects."""
        self.calls += 1
        self.spent_us += spent_us
        told = self._told.get(counted[0] if len(counted) == 1 else "")
        if len(counted) > 1 or told is None or not told.is_fresh(self.calls, now_ms):
            told = self._tell(counted, now_ms, choices)
            if len(counted) <= 1:
                self._told[counted[0] if counted else ""] = told
        return told.headers

    def _tell(self, counted: Sequence[str], now_ms: int, choices: Choices) -> _Told:
        smallest = min(most_calls(name, self.rules, choices) for name in _SHOWN)
        made = self._made(counted, now_ms, choices)
        return _Told(made, self.calls + max(1, smallest // 100), now_ms + _MINUTE_MS)

    def _made(self, counted: Sequence[str], now_ms: int, choices: Choices) -> dict[str, str]:
        apps = self.counts[LimitName.APP]
        app = next((one for one in counted if one in apps), next(iter(apps), ""))
        usage = self._percents(LimitName.APP, now_ms, choices, app)[:3]
        made = {"x-app-usage": _written(usage)}
        objects: dict[str, list[dict[str, object]]] = {}
        for subject in counted[:_MOST_OBJECTS]:
            for name in BUSINESS:
                if subject not in self.counts[name]:
                    continue
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
            made["x-business-use-case-usage"] = json.dumps(objects, separators=(",", ":"))
        return made

    def _percents(
        self, name: LimitName, now_ms: int, choices: Choices, subject: str
    ) -> tuple[int, int, int, int]:
        """Calls, CPU time and time in per cent of the window; minutes until access is regained."""
        counter = self.counts[name].get(subject)
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
