"""Fields of a query or a form, with the lists and objects that form encoders write."""

from __future__ import annotations

import re
from typing import Any

_LISTS = frozenset({"fields", "subscribed_fields", "ids"})
_NESTED = re.compile(r"\w+(\[\w+\]){1,8}")
_PART = re.compile(r"\w+")


def gathered(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Fields of a query or form: `name[]`, `name[0]` and repeated lists make a list.

    `recipient[id]` makes an object, as form encoders of PHP and Node do. Of anything else that
    comes twice the last value wins.
    """
    fields: dict[str, Any] = {}
    for name, value in pairs:
        plain, bracket, index = name.partition("[")
        if bracket and (index == "]" or index[:-1].isdecimal()):
            _add(fields, plain, value)
        elif _NESTED.fullmatch(name):
            _put(fields, _PART.findall(name), value)
        elif name in _LISTS and name in fields:
            _add(fields, name, value)
        else:
            fields[name] = value
    return fields


def _add(fields: dict[str, Any], name: str, value: str) -> None:
    before = fields.get(name, [])
    fields[name] = [*(before if isinstance(before, list) else [before]), value]


def _put(fields: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        inner = fields.get(part)
        fields[part] = fields = inner if isinstance(inner, dict) else {}
    fields[path[-1]] = value
