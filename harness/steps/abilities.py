"""Asks for an optional ability of a console; without it the scenario is not applicable."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from harness.errors import NotApplicable

T = TypeVar("T")


def ability(subject: object, wanted: Callable[..., T]) -> T:
    """Return the subject, known to have the ability `wanted`, one of the contract's."""
    if not isinstance(subject, cast("type[object]", wanted)):
        raise NotApplicable(f"the console has no ability {wanted.__name__}")
    return cast("T", subject)
