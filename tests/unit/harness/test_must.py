"""From a mismatch to a failure."""

import pytest

from harness.errors import ConformanceFailure
from harness.matchers import equals
from harness.must import fail, must


def test_what_matches_is_returned() -> None:
    assert must("Ana", equals("Ana"), reason="the name") == "Ana"


def test_what_does_not_match_fails_with_the_reason() -> None:
    with pytest.raises(ConformanceFailure, match='the name · expected "Ana" · actual "Bia"'):
        must("Bia", equals("Ana"), reason="the name")


def test_a_failure_needs_no_matcher() -> None:
    with pytest.raises(ConformanceFailure, match="the name · expected a · actual b"):
        fail("the name", expected="a", actual="b")
