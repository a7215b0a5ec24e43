"""The journal, read with conditions and with patience."""

from __future__ import annotations

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json, entry_json
from fake_meta.control.requests import member, number, whole_number
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.journal import EntryKind, Query

MAX_WAIT_S = 60.0
MAX_LIMIT = 10_000
_DEFAULT_LIMIT = 1000
_PARAMETERS = frozenset({"after", "kind", "customer", "mid", "limit", "wait_s"})


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The route /journal."""

    @blueprint.get("/journal")
    def journal() -> Json:
        query, wait_s = _query()
        entries, last_seq = parts.journal.find_with_cursor(query, wait_s)
        return {"entries": [entry_json(entry) for entry in entries], "last_seq": last_seq}


def _query() -> tuple[Query, float]:
    given = flask.request.args
    unknown = sorted(set(given) - _PARAMETERS)
    if unknown:
        known = ", ".join(sorted(_PARAMETERS))
        raise InvalidRequestError(f"unknown parameter {unknown[0]!r}; the journal takes {known}")
    kind = given.get("kind")
    query = Query(
        after=whole_number("after", given.get("after", 0)),
        kind=None if kind is None else member(EntryKind, "kind", kind),
        customer=given.get("customer"),
        mid=given.get("mid"),
        limit=min(whole_number("limit", given.get("limit", _DEFAULT_LIMIT)), MAX_LIMIT),
    )
    return query, min(number("wait_s", given.get("wait_s", 0)), MAX_WAIT_S)
