"""A clock that a test turns by hand: sleeping costs nothing and is remembered."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class HandClock:
    """Time passes by sleeping, and by `pass_s` at every look when given."""

    def __init__(self, pass_s: float = 0.0) -> None:
        self.time_s = 0.0
        self.slept: list[float] = []
        self._pass_s = pass_s

    def monotonic(self) -> float:
        self.time_s += self._pass_s
        return self.time_s

    def now(self) -> datetime:
        return START + timedelta(seconds=self.time_s)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time_s += seconds
