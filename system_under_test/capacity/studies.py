"""Questions about a floor, each answered by many independent runs of the same seeds."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from system_under_test.capacity.assumptions import Assumptions
from system_under_test.capacity.figures import FIGURES, Estimate, estimate, replies_beside
from system_under_test.capacity.floor import Floor

RUNS = 20
_STEPS = 9  # the largest number of arrivals is found to a five-hundredth of where it is sought


@dataclass(frozen=True, slots=True)
class Study:
    """All figures of one floor; a reply's p95 by how many the agent held."""

    assumed: Assumptions
    figures: Mapping[str, Estimate]
    replies_by_load: Mapping[int, Estimate]


@dataclass(frozen=True, slots=True)
class Goal:
    """What must be reached: shares of 1."""

    service_level: float = 0.8
    in_time: float = 0.9

    def is_met(self, floors: Sequence[Floor]) -> bool:
        """By the mean of the runs; a goal of 0 asks for nothing."""
        wanted = {"service level": self.service_level, "first response in time": self.in_time}
        return all(
            estimate([FIGURES[name][1](floor) for floor in floors]).mean >= share
            for name, share in wanted.items()
            if share
        )


def study(assumed: Assumptions, seed: int = 1, runs: int = RUNS) -> Study:
    """Run it so many times; the same seed gives the same figures."""
    floors = _floors(assumed, seed, runs)
    figures = {
        name: estimate([show(floor) for floor in floors]) for name, (_, show) in FIGURES.items()
    }
    return Study(assumed, figures, replies_beside(floors))


def most_arrivals(assumed: Assumptions, goal: Goal, seed: int = 1, runs: int = RUNS) -> float:
    """How many customers an hour the floor serves within the goal; 0 when none."""
    fits = _fits(assumed, goal, seed, runs)
    # More than the agents can write at all never fits.
    low, high = 0.0, assumed.agents * 3600 / (assumed.exchanges * assumed.writing_s)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(arrivals_per_h=middle) else (low, middle)
    return low


def fewest_agents(assumed: Assumptions, goal: Goal, seed: int = 1, runs: int = RUNS) -> int:
    """How many agents these arrivals need for the goal."""
    fits = _fits(assumed, goal, seed, runs)
    load = assumed.arrivals_per_h * assumed.exchanges * assumed.writing_s / 3600
    agents = max(1, int(load))
    while not fits(agents=agents):
        agents += 1
    return agents


def _fits(assumed: Assumptions, goal: Goal, seed: int, runs: int) -> Callable[..., bool]:
    return lambda **changed: goal.is_met(_floors(assumed.but(**changed), seed, runs))


def _floors(assumed: Assumptions, seed: int, runs: int) -> list[Floor]:
    return [Floor(assumed, _chance(seed, number)).run() for number in range(runs)]


def _chance(seed: int, number: int) -> random.Random:
    return random.Random(f"{seed}/{number}")  # noqa: S311 - times of a model, no secret
