"""A fault that a tester switched on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fake_meta.domain.errors import InvalidRequestError
from fake_meta.faults.catalogue import fault_named
from fake_meta.faults.fault import Fault
from fake_meta.faults.parameters import read_values
from fake_meta.faults.scope import SCOPE_NAMES, Scope, read_scope

_MOST_TIMES = 1_000_000
_OWN = frozenset({"name", "times", "probability"})


@dataclass(slots=True)
class SwitchedFault:
    """`times_left` None: until it is switched off; `struck` counts."""

    id: str
    fault: Fault
    values: Mapping[str, Any]
    scope: Scope
    probability: float
    times_left: int | None
    struck: int = 0

    @property
    def is_over(self) -> bool:
        """It struck as often as it should."""
        return self.times_left == 0

    def strike(self) -> None:
        """Count one more."""
        self.struck += 1
        if self.times_left is not None:
            self.times_left -= 1


def read_wish(fault_id: str, wish: Mapping[str, Any]) -> SwitchedFault:
    """What a tester wrote, or InvalidRequestError with one sentence."""
    fault = fault_named(wish.get("name"))
    scope = {name: value for name, value in wish.items() if name in SCOPE_NAMES}
    rest = {name: value for name, value in wish.items() if name not in _OWN and name not in scope}
    values = read_values(fault.name, fault.parameters, rest)
    if fault.check is not None:
        fault.check(values)
    return SwitchedFault(
        id=fault_id,
        fault=fault,
        values=values,
        scope=read_scope(fault, scope),
        probability=_probability(wish.get("probability", 1)),
        times_left=_times(wish.get("times")),
    )


def _probability(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
        return float(value)
    raise InvalidRequestError(f"probability must be above 0 and at most 1, not {value!r}")


def _times(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_TIMES:
        return value
    raise InvalidRequestError(
        f"times must be a whole number from 1 to {_MOST_TIMES}, or null for ever, not {value!r}"
    )
