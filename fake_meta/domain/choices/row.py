"""What one choice is: its name, its paragraph, what may be chosen, what that means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import nan
from typing import Any

from fake_meta.domain.errors import InvalidRequestError

Value = str | float


class Mark(StrEnum):
    """Why a choice was needed."""

    CONFLICT = "conflict"
    UNKNOWN = "unknown"


CONFLICT, UNKNOWN = Mark.CONFLICT, Mark.UNKNOWN


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers that a choice takes, and what they count."""

    lowest: float
    highest: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One row; `section` of meta-contract leaves it open; `values` say what each word means."""

    name: str
    section: str
    mark: Mark
    default: Value
    values: Mapping[str, str]
    span: Span | None = None

    @property
    def allowed(self) -> str:
        """What may be chosen, for a sentence."""
        if self.span is None:
            return ", ".join(self.values)
        return f"a number from {self.span.lowest:g} to {self.span.highest:g}"

    def meaning_of(self, value: Value) -> str:
        """What the emulator does under `value`."""
        return self.values[str(value)] if self.span is None else self.span.meaning

    def checked(self, value: object) -> Value:
        """`value` in the row's own type, or one sentence that says what is allowed."""
        if self.span is None and isinstance(value, str) and value in self.values:
            return value
        number = _number(value)
        if self.span is not None and self.span.lowest <= number <= self.span.highest:
            return number
        shown = repr(value)[:80]
        raise InvalidRequestError(f"choice {self.name} must be {self.allowed}, not {shown}")


def words(section: str, mark: Mark, values: Mapping[str, str]) -> Any:
    """A field that holds one of some words; the first is the default."""
    return field(default=next(iter(values)), metadata={"row": (section, mark, values, None)})


def number(section: str, mark: Mark, default: float, span: Span) -> Any:
    """A field that holds a number."""
    return field(default=default, metadata={"row": (section, mark, {}, span)})


def _number(value: object) -> float:
    """The number that `value` is or spells; not a number when it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return nan
    try:
        return float(value)
    except (ValueError, OverflowError):
        return nan
