"""The journal, read with conditions and with patience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json
from fake_meta.control.requests import Parser, member, number, one_of, text, whole_number
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.journal import CONDITIONS, EntryKind, EntryOutcome, Query, Secrets, told

MAX_WAIT_S = 60.0
MAX_LIMIT = 10_000
_DEFAULT_LIMIT = 1000
_WAITING = frozenset({"wait_s", "count", "secrets"})
_READERS: Mapping[str, Parser] = {
    "after": whole_number,
    "kind": one_of(EntryKind),
    "outcome": one_of(EntryOutcome),
    "status": whole_number,
    "since_ms": whole_number,
    "until_ms": whole_number,
    "limit": whole_number,
}


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The route /journal."""

    @blueprint.get("/journal")
    def journal() -> Json:
        given = flask.request.args.to_dict()
        wait_s = min(number("wait_s", given.pop("wait_s", 0)), MAX_WAIT_S)
        count = whole_number("count", given.pop("count", 1))
        secrets = member(Secrets, "secrets", given.pop("secrets", Secrets.MASKED))
        entries, last_seq = parts.journal.find_with_cursor(read_query(given), wait_s, count)
        return {
            "entries": [told(entry, secrets) for entry in entries],
            "first_seq": parts.journal.first_seq,
            "last_seq": last_seq,
        }


def read_query(given: Mapping[str, Any]) -> Query:
    """The conditions that a tester named."""
    unknown = sorted(set(given) - CONDITIONS)
    if unknown:
        known = ", ".join(sorted(CONDITIONS | _WAITING))
        raise InvalidRequestError(f"unknown parameter {unknown[0]!r}; the journal takes {known}")
    values = {name: _reader(name)(name, value) for name, value in given.items()}
    values["limit"] = min(values.get("limit", _DEFAULT_LIMIT), MAX_LIMIT)
    return Query(**values)


def _reader(name: str) -> Parser:
    return _READERS.get(name, text)
