"""Expectations as values."""

from typing import Any

import pytest

from harness import matchers
from harness.matchers import Matcher, Mismatch

MET: list[tuple[Matcher[Any], Any]] = [
    (matchers.equals("a"), "a"),
    (matchers.differs_from("a"), "b"),
    (matchers.is_one_of(["a", "b"]), "b"),
    (matchers.is_true("it is open"), True),
    (matchers.is_false("it is open"), False),
    (matchers.is_present("a row"), [1]),
    (matchers.is_absent("no row"), None),
    (matchers.contains("mar"), "Samara mar"),
    (matchers.lacks("x"), "abc"),
    (matchers.has_item(2), (1, 2)),
    (matchers.has_count(2, "rows"), [1, 2]),
    (matchers.has_in_order([1, 3]), [1, 2, 3]),
    (matchers.part("length", len, matchers.equals(2)), "ab"),
    (matchers.every(matchers.contains("a"), matchers.contains("b")), "ab"),
    (matchers.negated(matchers.equals(1)), 2),
]
UNMET: list[tuple[Matcher[Any], Any, str, str]] = [
    (matchers.equals("a"), "b", '"a"', '"b"'),
    (matchers.differs_from("a"), "a", 'anything but "a"', '"a"'),
    (matchers.is_one_of(["a", "b"]), "c", '"a" or "b"', '"c"'),
    (matchers.is_true("it is open", "closed"), False, "it is open", "closed"),
    (matchers.is_false("it is closed", "open"), True, "it is closed", "open"),
    (matchers.is_present("a row"), None, "a row", "none"),
    (matchers.is_present("a row"), [], "a row", "nothing"),
    (matchers.is_absent("no row"), [1], "no row", "[1]"),
    (matchers.contains("x"), "abc", 'a text with "x"', '"abc"'),
    (matchers.lacks("a"), "abc", 'a text without "a"', '"abc"'),
    (matchers.has_item(3), (1, 2), "3 among them", "(1, 2)"),
    (matchers.has_count(2, "rows"), [1], "2 rows", "1: [1]"),
    (matchers.has_in_order([3, 1]), [1, 2, 3], "[3, 1] in this order", "[1, 2, 3]"),
    (matchers.part("length", len, matchers.equals(2)), "abc", "length 2", "length 3"),
    (matchers.negated(matchers.equals(1)), 1, "not 1", "1"),
]


@pytest.mark.parametrize(("matcher", "observed"), MET)
def test_what_is_expected_gives_no_mismatch(matcher: Matcher[Any], observed: Any) -> None:
    assert matcher(observed) is None


@pytest.mark.parametrize(("matcher", "observed", "expected", "actual"), UNMET)
def test_what_is_not_expected_is_worded_from_both_sides(
    matcher: Matcher[Any], observed: Any, expected: str, actual: str
) -> None:
    assert matcher(observed) == Mismatch(expected, actual)


def test_of_several_expectations_the_first_unmet_one_speaks() -> None:
    both = matchers.every(
        matchers.part("first", lambda pair: pair[0], matchers.equals(1)),
        matchers.part("second", lambda pair: pair[1], matchers.equals(2)),
    )

    assert both((1, 3)) == Mismatch("first 1 and second 2", "second 3")


def test_long_values_are_shown_bounded_and_in_one_line() -> None:
    text = matchers.shown("line\n" * 100)

    assert "\n" not in text
    assert text.endswith("… (602 characters)")
