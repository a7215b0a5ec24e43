"""What a run shows, and what many runs show together.

Definitions are those of the console's metrics (contact-centre §B.2, `domain/metrics.py`): the
service level counts everybody who came, without those who gave up before the goal.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from system_under_test.capacity.floor import Chat, Floor

# Student's t for 95 %, by degrees of freedom; beyond, the normal distribution is near enough.
_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
_NORMAL = 1.96
NOTHING = math.nan


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over independent runs, and the half width of its 95 % interval."""

    mean: float
    half_width: float


def measured(floor: Floor) -> list[Chat]:
    """Who came in the hours that are measured, the backlog and the burst included."""
    opens_s, has_backlog = floor.assumed.opens_s, bool(floor.assumed.backlog)
    return [one for one in floor.chats if has_backlog or one.arrived_s >= opens_s]


def _waits(floor: Floor) -> list[float]:
    return [one.waited_s for one in measured(floor) if not one.gave_up]


def _first_replies(floor: Floor) -> list[float]:
    found = [(one.first_reply_s, one.arrived_s) for one in measured(floor)]
    return [first - arrived for first, arrived in found if first is not None]


def _replies(floor: Floor) -> list[float]:
    return [reply for one in measured(floor) for reply in one.replies_s]


def _service_level(floor: Floor) -> float:
    goal_s = floor.assumed.wait_goal_s
    asked = [one for one in measured(floor) if not (one.gave_up and one.waited_s <= goal_s)]
    good = sum(1 for one in asked if not one.gave_up and one.waited_s <= goal_s)
    return good / len(asked) if asked else NOTHING


def _given_up(floor: Floor) -> float:
    came = measured(floor)
    return sum(one.gave_up for one in came) / len(came) if came else NOTHING


def _had_to_wait(floor: Floor) -> float:
    """Of all who came, not of those who were served (contact-centre §E.4)."""
    came = measured(floor)
    return sum(one.waited_s > 0 for one in came) / len(came) if came else NOTHING


def _in_time(floor: Floor) -> float:
    firsts = _first_replies(floor)
    good = sum(one <= floor.assumed.reply_goal_s for one in firsts)
    came = len(measured(floor))
    return good / came if came else NOTHING


def _slots(floor: Floor) -> float:
    assumed = floor.assumed
    return floor.areas.measured_held / (assumed.agents * assumed.positions * assumed.hours * 3600)


def _agents(floor: Floor) -> float:
    return floor.areas.measured_writing / (floor.assumed.agents * floor.assumed.hours * 3600)


def _drained_min(floor: Floor) -> float:
    """When the last of the backlog was given a position."""
    first = floor.chats[: floor.assumed.backlog]
    return max((one.waited_s for one in first), default=0.0) / 60


def percentile(values: Sequence[float], share: float) -> float:
    """The value at the nearest rank; nan of nothing."""
    if not values:
        return NOTHING
    return sorted(values)[max(1, math.ceil(share * len(values))) - 1]


def mean(values: Sequence[float]) -> float:
    """Their mean; nan of nothing."""
    return statistics.fmean(values) if values else NOTHING


# Name, unit, and how a run shows it.
FIGURES: Mapping[str, tuple[str, Callable[[Floor], float]]] = {
    "customers": ("", lambda floor: float(len(measured(floor)))),
    "had to wait for a position": ("%", _had_to_wait),
    "wait, mean": ("s", lambda floor: mean(_waits(floor))),
    "wait, p50": ("s", lambda floor: percentile(_waits(floor), 0.5)),
    "wait, p95": ("s", lambda floor: percentile(_waits(floor), 0.95)),
    "wait, longest": ("s", lambda floor: max(_waits(floor), default=NOTHING)),
    "service level": ("%", _service_level),
    "gave up": ("%", _given_up),
    "first response, p50": ("s", lambda floor: percentile(_first_replies(floor), 0.5)),
    "first response, p95": ("s", lambda floor: percentile(_first_replies(floor), 0.95)),
    "first response in time": ("%", _in_time),
    "reply, mean": ("s", lambda floor: mean(_replies(floor))),
    "reply, p95": ("s", lambda floor: percentile(_replies(floor), 0.95)),
    "handle time, mean": (
        "s", lambda floor: mean([one.handled_s for one in measured(floor) if not one.gave_up]),
    ),
    "occupancy of positions": ("%", _slots),
    "occupancy of agents": ("%", _agents),
    "backlog gone after": ("min", _drained_min),
}  # fmt: skip


def estimate(values: Sequence[float]) -> Estimate:
    """Mean and half width; runs in which nothing was measured are left out."""
    seen = [one for one in values if not math.isnan(one)]
    if len(seen) < 2:
        return Estimate(seen[0] if seen else NOTHING, NOTHING)
    freedom = len(seen) - 1
    t = _T[freedom - 1] if freedom <= len(_T) else _NORMAL
    return Estimate(statistics.fmean(seen), t * statistics.stdev(seen) / math.sqrt(len(seen)))


def replies_beside(floors: Sequence[Floor]) -> dict[int, Estimate]:
    """How long answers took (p95, s), by how many conversations the agent held then."""
    found: dict[int, list[float]] = {}
    for floor in floors:
        by_load: dict[int, list[float]] = {}
        for one in measured(floor):
            for reply, held in zip(one.replies_s, one.beside, strict=True):
                by_load.setdefault(held, []).append(reply)
        for held, replies in by_load.items():
            found.setdefault(held, []).append(percentile(replies, 0.95))
    return {held: estimate(found[held]) for held in sorted(found)}
