"""Which inbox a call of the control API is about: `account` and `platform`, in body or query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import flask

from fake_meta.control.requests import ACCOUNT, PLATFORM, json_object, member, text
from fake_meta.domain.platforms import Platform
from fake_meta.world import World

_QUOTED = (b'"account"', b'"platform"')
_NAMES = (ACCOUNT, PLATFORM)
Company = Callable[[], World]
"""The world in the inbox that the present call names: by default the first company's on Instagram.

Calls to which `platform` means nothing are refused before (`contract.duty`).
"""


def company_of(world: World, usual: Platform | None = None) -> Company:
    """Ask the present call for its company; `usual` is the inbox of a call that names none."""

    def company() -> World:
        # Most calls name no inbox; theirs need not be parsed twice.
        data = flask.request.get_data()
        is_named = any(quoted in data for quoted in _QUOTED)
        body = flask.request.get_json(force=True, silent=True) if is_named else None
        named = {**flask.request.args, **(body if isinstance(body, dict) else {})}
        wanted = named.get(ACCOUNT)
        found = world if wanted is None else world.of(text(ACCOUNT, wanted))
        platform = named.get(PLATFORM, usual)
        return found if platform is None else found.on(member(Platform, PLATFORM, platform))

    return company


def company_object(allowed: Iterable[str] | None) -> Mapping[str, Any]:
    """The request's JSON object as `json_object` reads it, without what names the inbox."""
    names = None if allowed is None else {*allowed, *_NAMES}
    return {name: value for name, value in json_object(names).items() if name not in _NAMES}
