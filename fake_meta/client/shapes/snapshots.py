"""Dictionaries about snapshots and marks."""

from __future__ import annotations

from typing import Any, Required, TypedDict


class Restored(TypedDict):
    """The world that is there now."""

    seed: int
    choices: dict[str, Any]


class Marks(TypedDict):
    """The names of all marks."""

    marks: list[str]


class MarkWish(TypedDict, total=False):
    """The name of a mark."""

    name: Required[str]
