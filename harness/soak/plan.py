"""How long, how hard, with which accidents; the same seed plans the same attack."""

from __future__ import annotations

import random
from dataclasses import dataclass

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ENGINES = (SQLITE, POSTGRESQL)
SERVER, WORKER, ALL = "server", "worker", "all"
VICTIMS = (SERVER, WORKER, ALL)
# The short attack has but one accident, the one that a database hates most.
_SHORT = ("disk_full",)
_FULL = {
    SQLITE: ("graph_down", "clock_jump", "disk_full", "clock_back", "file_limit"),
    POSTGRESQL: (
        *("graph_down", "clock_jump", "disk_full", "clock_back"),
        *("database_crash", "backend_kill"),
    ),
}


@dataclass(frozen=True)
class SoakPlan:
    """One engine's attack; accidents come between the kills, every kind of them when `full`."""

    engine: str
    kills: int = 50
    agents: int = 2
    customers: int = 24
    writers: int = 2
    seed: int = 1
    pause_s: tuple[float, float] = (0.2, 2.0)
    full: bool = True
    graph_down_s: float = 120.0
    file_limit_s: float = 6.0
    disk_full_s: float = 60.0  # at most: until it is felt
    settle_s: float = 90.0

    @property
    def processes(self) -> int:
        """Of the console behind its address."""
        return 2 if self.engine == POSTGRESQL else 1

    @property
    def disk_megabytes(self) -> int:
        """How large the filesystem of the database is: enough for the whole attack."""
        return 256 if self.engine == POSTGRESQL else 64

    def chance(self, whose: str) -> random.Random:
        """A source of randomness of somebody's own, so that threads do not share one."""
        return random.Random(f"{self.seed}/{self.engine}/{whose}")  # noqa: S311 - a plan, no secret

    def accidents(self) -> dict[int, str]:
        """After which kill which other accident happens."""
        names = _FULL[self.engine] if self.full else _SHORT
        share = max(1, self.kills // (len(names) + 1))
        return {share * (turn + 1): name for turn, name in enumerate(names)}
