"""Which company a call of the control API is about: `account`, in the body or the query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import flask

from fake_meta.control.requests import ACCOUNT, json_object, text
from fake_meta.world import World

_QUOTED = b'"account"'
Company = Callable[[], World]
"""The world in the inbox of the company that the present call names, by default the first."""


def company_of(world: World) -> Company:
    """Ask the present call for its company."""

    def company() -> World:
        # Most calls name no company; theirs need not be parsed twice.
        is_named = _QUOTED in flask.request.get_data()
        body = flask.request.get_json(force=True, silent=True) if is_named else None
        named = body.get(ACCOUNT) if isinstance(body, dict) else None
        wanted = flask.request.args.get(ACCOUNT) if named is None else named
        return world if wanted is None else world.of(text(ACCOUNT, wanted))

    return company


def company_object(allowed: Iterable[str] | None) -> Mapping[str, Any]:
    """The request's JSON object as `json_object` reads it, without its `account`."""
    names = None if allowed is None else {*allowed, ACCOUNT}
    return {name: value for name, value in json_object(names).items() if name != ACCOUNT}
