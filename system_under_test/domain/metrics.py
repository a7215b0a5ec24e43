"""Figures of a period from what was measured in it (contact-centre B.2, definitions in `FIGURES`).

Times are milliseconds, periods are half open, and a figure without anything behind it is None:
nobody waited is not the same as a wait of nought.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from system_under_test.domain.measures import Measure

Period = tuple[int, int]

FIGURES: Mapping[str, str] = {
    **{measure.key: measure.definition for measure in Measure},
    "service_level": (
        "reached an agent within the threshold ÷ (reached an agent + abandoned after the"
        " threshold); abandoned before it counts nowhere, and so does who still waits"
    ),
    "abandonment": "abandoned ÷ (abandoned + reached an agent)",
    "slot_occupancy": (
        "time that positions were taken ÷ time that positions were offered, both only while the"
        " agent is there in a status that receives conversations"
    ),
    "agent_occupancy": (
        "time with at least one conversation ÷ time, both while there in a status that receives"
    ),
    "adjusted_handle_time": (
        "time with at least one conversation, in any status ÷ handle times (one a leg)"
    ),
}


@dataclass(frozen=True, slots=True)
class Span:
    """An agent from one moment until before another, with positions or with a conversation."""

    agent_id: int
    from_ms: int
    until_ms: int
    positions: int = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """Count, mean, median, 95th percentile and maximum."""

    count: int
    mean: float | None = None
    p50: int | None = None
    p95: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How much of what was offered was used; None where nothing was offered.

    `busy_ms` is time with something held while receiving, `held_ms` in any status.
    """

    slots: float | None
    agents: float | None
    busy_ms: int
    routable_ms: int
    held_ms: int = 0


def summarise(values: Iterable[int]) -> Summary:
    """The summary of these times; percentiles by nearest rank."""
    ordered = sorted(values)
    if not ordered:
        return Summary(0)
    return Summary(
        count=len(ordered),
        mean=sum(ordered) / len(ordered),
        p50=_rank(ordered, 50),
        p95=_rank(ordered, 95),
        max=ordered[-1],
    )


def service_level(
    waits: Sequence[int], abandoned: Sequence[int], threshold_ms: int
) -> float | None:
    """Share of those who reached an agent in time; None when there was nobody."""
    late = sum(1 for one in abandoned if one > threshold_ms)
    asked = len(waits) + late
    return sum(1 for one in waits if one <= threshold_ms) / asked if asked else None


def abandonment(waits: Sequence[int], abandoned: Sequence[int]) -> float | None:
    """Share of those who gave up; None when there was nobody."""
    asked = len(waits) + len(abandoned)
    return len(abandoned) / asked if asked else None


def occupancy(legs: Iterable[Span], routable: Iterable[Span], period: Period) -> Occupancy:
    """Of positions and of agents, within the period."""
    held: dict[int, list[Period]] = defaultdict(list)
    for leg in legs:
        held[leg.agent_id].append((leg.from_ms, leg.until_ms))
    used = offered = busy = there = 0
    for span in routable:
        bounds = _meet((span.from_ms, span.until_ms), period)
        length = _length(bounds)
        there += length
        offered += length * span.positions
        parts = [_meet(one, bounds) for one in held[span.agent_id]]
        used += sum(_length(one) for one in parts)
        busy += _covered(parts)
    return Occupancy(
        slots=used / offered if offered else None,
        agents=busy / there if there else None,
        busy_ms=busy,
        routable_ms=there,
        held_ms=sum(_covered([_meet(one, period) for one in mine]) for mine in held.values()),
    )


def _rank(ordered: Sequence[int], percent: int) -> int:
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _meet(one: Period, other: Period) -> Period:
    return max(one[0], other[0]), min(one[1], other[1])


def _length(period: Period) -> int:
    return max(0, period[1] - period[0])


def _covered(periods: Iterable[Period]) -> int:
    total, reached = 0, 0
    for begin, end in sorted(one for one in periods if _length(one)):
        total += max(0, end - max(begin, reached))
        reached = max(reached, end)
    return total
