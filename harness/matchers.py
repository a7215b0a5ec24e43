"""Expectations as values: a matcher looks at an observation and returns a Mismatch or None.

Pure. A matcher carries the text of what it expects, so that both `eventually` (it never came) and
`never` (it came) can say it. Compose with `part`, `every`, `negated`; others with `satisfies`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
P = TypeVar("P")

SHOWN_CHARACTERS = 300


@dataclass(frozen=True)
class Mismatch:
    """An expectation that was not met, both sides in words."""

    expected: str
    actual: str


@dataclass(frozen=True)
class Matcher(Generic[T]):
    """An expectation: its text, its test, and how it words what it saw instead."""

    expected: str
    accepts: Callable[[T], bool]
    show: Callable[[T], str]

    def __call__(self, observed: T) -> Mismatch | None:
        """Return None when the observation is as expected, else both sides in words."""
        if self.accepts(observed):
            return None
        return Mismatch(self.expected, self.show(observed))


def shown(value: object) -> str:
    """Return a value as it stands in messages: texts in double quotes, everything bounded."""
    text = f'"{value}"' if isinstance(value, str) else repr(value)
    text = text.replace("\n", "\\n")
    if len(text) <= SHOWN_CHARACTERS:
        return text
    return f"{text[:SHOWN_CHARACTERS]}… ({len(text)} characters)"


def satisfies(
    expected: str, accepts: Callable[[T], bool], show: Callable[[T], str] = shown
) -> Matcher[T]:
    """Expect what `accepts` accepts; `expected` says it in words."""
    return Matcher(expected, accepts, show)


def equals(value: T) -> Matcher[T]:
    """Expect exactly this value."""
    return satisfies(shown(value), lambda observed: bool(observed == value))


def differs_from(value: T) -> Matcher[T]:
    """Expect anything but this value."""
    return satisfies(f"anything but {shown(value)}", lambda observed: bool(observed != value))


def is_one_of(values: Collection[T]) -> Matcher[T]:
    """Expect one of these values."""
    listed = " or ".join(shown(value) for value in values)
    return satisfies(listed, lambda observed: observed in values)


def is_true(expected: str, otherwise: str = "not so") -> Matcher[bool]:
    """Expect True; `expected` says what that means, `otherwise` what False means."""
    return satisfies(expected, bool, lambda _: otherwise)


def is_false(expected: str, otherwise: str = "not so") -> Matcher[bool]:
    """Expect False; `expected` says what that means, `otherwise` what True means."""
    return satisfies(expected, lambda observed: not observed, lambda _: otherwise)


def is_present(expected: str) -> Matcher[Any]:
    """Expect something rather than None or an empty collection."""
    return satisfies(expected, bool, lambda observed: "none" if observed is None else "nothing")


def is_absent(expected: str) -> Matcher[Any]:
    """Expect None or an empty collection."""
    return satisfies(expected, lambda observed: not observed)


def contains(text: str) -> Matcher[str]:
    """Expect a text in which this text stands."""
    return satisfies(f"a text with {shown(text)}", lambda observed: text in observed)


def lacks(text: str) -> Matcher[str]:
    """Expect a text in which this text does not stand."""
    return satisfies(f"a text without {shown(text)}", lambda observed: text not in observed)


def has_item(item: T) -> Matcher[Collection[T]]:
    """Expect a collection that holds this item."""
    return satisfies(f"{shown(item)} among them", lambda observed: item in observed)


def has_count(count: int, of: str) -> Matcher[Collection[Any]]:
    """Expect a collection of exactly this many; `of` names what is counted."""
    return satisfies(
        f"{count} {of}",
        lambda observed: len(observed) == count,
        lambda observed: f"{len(observed)}: {shown(observed)}",
    )


def has_in_order(items: Sequence[T]) -> Matcher[Sequence[T]]:
    """Expect these items in this order, others between them allowed."""

    def accepts(observed: Sequence[T]) -> bool:
        rest = iter(observed)
        return all(any(item == candidate for candidate in rest) for item in items)

    return satisfies(f"{shown(list(items))} in this order", accepts)


def part(name: str, pick: Callable[[P], T], matches: Matcher[T]) -> Matcher[P]:
    """Expect something of one part of the observation; `name` says which part."""
    return Matcher(
        f"{name} {matches.expected}",
        lambda observed: matches.accepts(pick(observed)),
        lambda observed: f"{name} {matches.show(pick(observed))}",
    )


def every(*matchers: Matcher[T]) -> Matcher[T]:
    """Expect all of these; the first that is not met speaks."""

    def show(observed: T) -> str:
        unmet = [matcher for matcher in matchers if not matcher.accepts(observed)]
        return (unmet or list(matchers))[0].show(observed)

    expected = " and ".join(matcher.expected for matcher in matchers)
    return Matcher(expected, lambda seen: all(m.accepts(seen) for m in matchers), show)


def negated(matcher: Matcher[T]) -> Matcher[T]:
    """Expect the opposite."""
    return Matcher(
        f"not {matcher.expected}",
        lambda observed: not matcher.accepts(observed),
        matcher.show,
    )
