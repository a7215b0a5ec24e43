"""From a Mismatch to a ConformanceFailure: only steps call this, only steps judge."""

from typing import NoReturn, TypeVar

from harness.errors import ConformanceFailure
from harness.matchers import Matcher

T = TypeVar("T")


def must(observed: T, matches: Matcher[T], *, reason: str) -> T:
    """Return the observation when it matches; fail with the reason when it does not."""
    mismatch = matches(observed)
    if mismatch is not None:
        raise ConformanceFailure(reason, expected=mismatch.expected, actual=mismatch.actual)
    return observed


def fail(reason: str, *, expected: str, actual: str) -> NoReturn:
    """Fail without a matcher."""
    raise ConformanceFailure(reason, expected=expected, actual=actual)
