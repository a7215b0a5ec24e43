"""The little JSONPath that batches refer to each other with: `$.data.*.id` (meta-contract §5.5)."""

from __future__ import annotations

import re
from typing import Any

_STEP = re.compile(r"\.(?P<name>[A-Za-z0-9_-]+|\*)|\[(?P<place>\d+|\*|'[^']*'|\"[^\"]*\")\]")


class JsonPathError(Exception):
    """The text is no path."""


def found_at(path: str, value: Any) -> list[Any]:
    """Everything that `path` leads to in `value`, in order; nothing when it leads nowhere."""
    if not path.startswith("$"):
        raise JsonPathError(f"a path begins with $, not {path[:40]!r}")
    found, rest = [value], path[1:]
    while rest:
        step = _STEP.match(rest)
        if step is None:
            raise JsonPathError(f"{rest[:40]!r} is no step of a path")
        found = _stepped(found, (step["name"] or step["place"]).strip("'\""))
        rest = rest[step.end() :]
    return found


def _stepped(values: list[Any], key: str) -> list[Any]:
    below: list[Any] = []
    for value in values:
        if key == "*":
            below += _children(value)
        elif isinstance(value, dict) and key in value:
            below.append(value[key])
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            below.append(value[int(key)])
    return below


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []
