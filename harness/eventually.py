"""The only place that waits for the console: `eventually` for presence, `never` for absence.

Both keep a bounded history of what was seen and raise ConformanceFailure with it. What `observe`
raises passes through: a TargetError ends the waiting at once, for a dead console is not a slow one.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from harness.clock import Clock, SystemClock
from harness.errors import ConformanceFailure, Observation
from harness.matchers import Matcher, satisfies, shown

T = TypeVar("T")

FIRST_PAUSE_S = 0.01
LONGEST_PAUSE_S = 0.1
PAUSE_GROWTH = 1.5
KEPT_OBSERVATIONS = 40


def eventually(
    observe: Callable[[], T],
    matches: Matcher[T],
    *,
    reason: str,
    timeout_s: float,
    clock: Clock | None = None,
) -> T:
    """Return the first observation that matches; fail after `timeout_s` seconds."""
    watch = _Watch(observe, clock or SystemClock())
    while True:
        seen = watch.look()
        mismatch = matches(seen)
        if mismatch is None:
            return seen
        if watch.elapsed_s() >= timeout_s:
            raise watch.failure(reason, mismatch.expected, mismatch.actual)
        watch.pause(timeout_s)


def appears(
    observe: Callable[[], T | None],
    *,
    expected: str,
    reason: str,
    timeout_s: float,
    clock: Clock | None = None,
) -> T:
    """Return the first observation that is not None; fail after `timeout_s` seconds."""
    present: Matcher[tuple[T | None]] = satisfies(
        expected, lambda seen: seen[0] is not None, lambda _: "none"
    )

    def observe_one() -> tuple[T | None]:
        return (observe(),)

    (found,) = eventually(observe_one, present, reason=reason, timeout_s=timeout_s, clock=clock)
    assert found is not None
    return found


def never(
    observe: Callable[[], T],
    matches: Matcher[T],
    *,
    reason: str,
    window_s: float,
    clock: Clock | None = None,
) -> T:
    """Watch for `window_s` seconds and return the last observation; fail when one matches."""
    watch = _Watch(observe, clock or SystemClock())
    while True:
        seen = watch.look()
        if matches.accepts(seen):
            raise watch.failure(reason, f"never {matches.expected}", matches.show(seen))
        if watch.elapsed_s() >= window_s:
            return seen
        watch.pause(window_s)


class _Watch(Generic[T]):
    """One waiting: looks, remembers, pauses ever longer."""

    def __init__(self, observe: Callable[[], T], clock: Clock) -> None:
        self._observe = observe
        self._clock = clock
        self._started = clock.monotonic()
        self._pause_s = FIRST_PAUSE_S
        self._history: list[Observation] = []
        self._looks = 0

    def look(self) -> T:
        seen = self._observe()
        self._looks += 1
        what = shown(seen)
        if not self._history or self._history[-1].what != what:
            self._history.append(Observation(round(self.elapsed_s(), 3), what))
            del self._history[1:-KEPT_OBSERVATIONS]
        return seen

    def elapsed_s(self) -> float:
        return self._clock.monotonic() - self._started

    def pause(self, limit_s: float) -> None:
        self._clock.sleep(min(self._pause_s, max(0.001, limit_s - self.elapsed_s())))
        self._pause_s = min(self._pause_s * PAUSE_GROWTH, LONGEST_PAUSE_S)

    def failure(self, reason: str, expected: str, actual: str) -> ConformanceFailure:
        return ConformanceFailure(
            reason,
            expected=expected,
            actual=actual,
            waited_s=self.elapsed_s(),
            history=self._history,
            observations=self._looks,
        )
