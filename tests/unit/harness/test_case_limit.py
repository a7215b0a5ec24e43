"""The watchman of a case."""

import threading

import pytest

from harness.case_limit import CaseLimit, OverdueError


def test_a_case_in_time_is_left_alone() -> None:
    cuts: list[str] = []
    limit = CaseLimit(60.0, lambda: cuts.append("cut"))

    with limit.watching():
        pass

    assert (limit.is_exceeded, cuts) == (False, [])


def test_a_case_that_takes_too_long_is_cut() -> None:
    cut = threading.Event()
    limit = CaseLimit(0.01, cut.set)

    with limit.watching():
        assert cut.wait(5)

    with pytest.raises(OverdueError, match="took more than"):
        limit.check()


def test_the_next_case_begins_anew() -> None:
    cut = threading.Event()
    limit = CaseLimit(0.01, cut.set)
    with limit.watching():
        assert cut.wait(5)

    quiet = CaseLimit(60.0, cut.set)
    quiet.is_exceeded = True
    with quiet.watching():
        assert not quiet.is_exceeded
