"""Nested parameters of a call, held to their types and lengths in Meta's words (§4.2, §7.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fake_meta.domain.graph_errors import GraphCallError, GraphError

Json = Mapping[str, Any]
MOST_PAYLOAD = 1000


def checked_list(value: Any, name: str, least: int, most: int) -> Sequence[Any]:
    """A list with so many elements."""
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise fault(f"Param {name} must be an array with {least} to {most} elements.")
    return value


def checked_object(value: Any, name: str) -> Json:
    """An object."""
    if not isinstance(value, dict):
        raise fault(f"Param {name} must be an object.")
    return value


def checked_text(holder: Json, key: str, name: str, most: int) -> str:
    """A text that is there and at most so long."""
    value = holder.get(key)
    if not isinstance(value, str) or not value:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name=f"{name}[{key}]")
    if len(value) > most:
        raise fault(f"Length of param {name}[{key}] must be less than or equal to {most}")
    return value


def fault(detail: str) -> GraphCallError:
    """Code 100 with this text."""
    return GraphCallError(GraphError.PARAMETER, detail=detail)
