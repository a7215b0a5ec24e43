"""What a floor is assumed to be; every figure is a consequence of these."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace

from system_under_test.domain.routing import LEAST_LOADED, PICKS, POSITIONS


class AssumptionError(ValueError):
    """An assumption means nothing; the text names it and what it may be."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Times are seconds, means of exponential times (contact-centre §E.1).

    A conversation is `exchanges` times: the agent writes for `writing_s`, with one customer at a
    time, then the customer thinks for `thinking_s`. `patience_s` is how long a customer waits for
    a position, None for ever. `backlog` customers wait already when the floor opens; `burst` more
    write at the same moment, `burst_at_h` hours later.
    """

    agents: int = 10
    positions: int = POSITIONS
    arrivals_per_h: float = 180.0
    writing_s: float = 30.0
    thinking_s: float = 60.0
    exchanges: int = 6
    patience_s: float | None = None
    pick: str = LEAST_LOADED
    backlog: int = 0
    burst: int = 0
    burst_at_h: float = 0.0
    hours: float = 8.0
    warm_up_h: float = 1.0
    wait_goal_s: float = 20.0
    reply_goal_s: float = 120.0

    def __post_init__(self) -> None:
        for is_wrong, sentence in (
            (self.agents < 1, f"agents must be at least 1, not {self.agents}"),
            (
                not 1 <= self.positions <= POSITIONS,
                f"positions must be 1 to {POSITIONS}, not {self.positions}",
            ),
            (self.exchanges < 1, f"exchanges must be at least 1, not {self.exchanges}"),
            (self.pick not in PICKS, f"pick must be one of {', '.join(PICKS)}, not {self.pick}"),
            (min(self.backlog, self.burst) < 0, "backlog and burst must not be negative"),
            *(self._no_time(name) for name in ("writing_s", "hours", "wait_goal_s")),
            *(self._negative(name) for name in _MAY_BE_0),
            (
                self.patience_s is not None and not 0 < self.patience_s < math.inf,
                f"patience_s must be above 0, not {self.patience_s}",
            ),
        ):
            if is_wrong:
                raise AssumptionError(sentence)

    @property
    def opens_s(self) -> float:
        """When what is measured begins."""
        return self.warm_up_h * 3600

    @property
    def closes_s(self) -> float:
        """When the last customer arrives."""
        return (self.warm_up_h + self.hours) * 3600

    def but(self, **changed: object) -> Assumptions:
        """The same with other values."""
        return replace(self, **changed)  # type: ignore[arg-type]

    def told(self) -> dict[str, object]:
        """Every assumption by its name, to be printed beside the figures."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def _no_time(self, name: str) -> tuple[bool, str]:
        value = getattr(self, name)
        return not 0 < value < math.inf, f"{name} must be above 0, not {value}"

    def _negative(self, name: str) -> tuple[bool, str]:
        value = getattr(self, name)
        return not 0 <= value < math.inf, f"{name} must not be negative, not {value}"


_MAY_BE_0 = ("arrivals_per_h", "thinking_s", "burst_at_h", "warm_up_h", "reply_goal_s")
