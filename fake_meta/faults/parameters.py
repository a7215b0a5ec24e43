"""Parameters of a fault: what a tester may say, and what is wrong with what they said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fake_meta.domain.errors import InvalidRequestError


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number between `lowest` and `highest`, or one of `words`."""

    name: str
    meaning: str
    default: float | int | str
    lowest: float = 0
    highest: float = 0
    words: tuple[str, ...] = ()

    def read(self, value: Any) -> Any:
        """`value` when it is allowed; InvalidRequestError with one sentence otherwise."""
        if self.words:
            if value in self.words:
                return value
            raise InvalidRequestError(
                f"{self.name} must be one of {', '.join(self.words)}, not {value!r}"
            )
        return self._number(value)

    def _number(self, value: Any) -> Any:
        whole = isinstance(self.default, int)
        fits = isinstance(value, int) or (isinstance(value, float) and not whole)
        if fits and not isinstance(value, bool) and self.lowest <= value <= self.highest:
            return value
        kind = "a whole number" if whole else "a number"
        raise InvalidRequestError(
            f"{self.name} must be {kind} from {self.lowest:g} to {self.highest:g}, not {value!r}"
        )


def read_values(
    fault: str, parameters: Sequence[Parameter], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Every parameter with its given or its default value."""
    known = {one.name: one for one in parameters}
    strange = sorted(set(given) - set(known))
    if strange:
        takes = ", ".join(known) or "no parameters of its own"
        raise InvalidRequestError(f"{fault} does not know {strange[0]!r}; it takes {takes}")
    return {
        name: one.read(given[name]) if name in given else one.default for name, one in known.items()
    }
