"""Bounded waiting with the history of what was seen."""

from collections.abc import Callable, Iterable

import pytest

from harness.errors import ConformanceFailure, TargetError
from harness.eventually import KEPT_OBSERVATIONS, LONGEST_PAUSE_S, appears, eventually, never
from harness.matchers import equals
from tests.fakes.hand_clock import HandClock


def seeing(values: Iterable[str]) -> Callable[[], str]:
    rest = list(values)
    return lambda: rest.pop(0) if len(rest) > 1 else rest[0]


def test_the_first_match_is_returned_without_waiting_on() -> None:
    clock = HandClock()

    found = eventually(
        seeing(["", "", "Ana"]), equals("Ana"), reason="name", timeout_s=5, clock=clock
    )

    assert found == "Ana"
    assert len(clock.slept) == 2


def test_a_match_at_the_first_look_costs_no_time() -> None:
    clock = HandClock()

    eventually(seeing(["Ana"]), equals("Ana"), reason="name", timeout_s=5, clock=clock)

    assert clock.slept == []


def test_pauses_grow_up_to_a_limit() -> None:
    clock = HandClock()

    with pytest.raises(ConformanceFailure):
        eventually(seeing(["x"]), equals("Ana"), reason="name", timeout_s=2, clock=clock)

    assert clock.slept[0] == pytest.approx(0.01)
    assert clock.slept[1] == pytest.approx(0.015)
    assert max(clock.slept) == pytest.approx(LONGEST_PAUSE_S)


def test_a_failure_tells_what_was_seen_and_when() -> None:
    clock = HandClock()

    with pytest.raises(ConformanceFailure) as caught:
        eventually(
            seeing(["", "IGSID 17"]), equals("Ana"), reason="the name", timeout_s=1, clock=clock
        )

    failure = caught.value
    assert (failure.reason, failure.expected, failure.actual) == ("the name", '"Ana"', '"IGSID 17"')
    assert [seen.what for seen in failure.history] == ['""', '"IGSID 17"']
    assert failure.observations > 10
    assert failure.waited_s == pytest.approx(1.0, abs=0.11)


def test_the_history_is_bounded_and_keeps_the_first_look() -> None:
    clock = HandClock()
    numbers = iter(range(10_000))

    with pytest.raises(ConformanceFailure) as caught:
        eventually(lambda: next(numbers), equals(-1), reason="n", timeout_s=60, clock=clock)

    assert len(caught.value.history) == KEPT_OBSERVATIONS + 1
    assert caught.value.history[0].what == "0"


def test_a_dead_target_ends_the_waiting_at_once() -> None:
    clock = HandClock()

    def observe() -> str:
        raise TargetError("gone")

    with pytest.raises(TargetError, match="gone"):
        eventually(observe, equals("Ana"), reason="name", timeout_s=5, clock=clock)

    assert clock.slept == []


def test_something_that_appears_is_returned() -> None:
    values: list[str | None] = [None, None, "a row"]

    found = appears(
        lambda: values.pop(0), expected="a row", reason="row", timeout_s=5, clock=HandClock()
    )

    assert found == "a row"


def test_something_that_does_not_appear_fails() -> None:
    with pytest.raises(ConformanceFailure, match="expected a row · actual none"):
        appears(lambda: None, expected="a row", reason="row", timeout_s=1, clock=HandClock())


def test_absence_is_watched_for_the_whole_window() -> None:
    clock = HandClock()

    last = never(seeing(["", "x"]), equals("Ana"), reason="silence", window_s=1, clock=clock)

    assert last == "x"
    assert clock.time_s == pytest.approx(1.0, abs=0.11)


def test_what_must_never_come_fails_as_soon_as_it_comes() -> None:
    clock = HandClock()

    with pytest.raises(ConformanceFailure, match='expected never "Ana" · actual "Ana"'):
        never(seeing(["", "Ana"]), equals("Ana"), reason="silence", window_s=10, clock=clock)

    assert clock.time_s < 1
