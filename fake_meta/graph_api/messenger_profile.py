"""`/{page-id}/messenger_profile`: ice breakers and the persistent menu (meta-contract §4.6)."""

from __future__ import annotations

from typing import Any

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.platforms import Platform
from fake_meta.domain.templates import checked_profile
from fake_meta.graph_api.call import Answer, GraphCall, loose_json
from fake_meta.graph_api.context import GraphContext

PARTS = ("ice_breakers", "persistent_menu")


def write_profile(context: GraphContext, call: GraphCall) -> Answer:
    """Set either part; the other stays."""
    _check_platform(call)
    given = {name: _parsed(call.parameters[name]) for name in PARTS if name in call.parameters}
    context.world.set_messenger_profile(checked_profile(given))
    return Answer({"result": "success"}, event="messenger_profile")


def read_profile(context: GraphContext, call: GraphCall) -> Answer:
    """The asked parts that are set; no data when none is."""
    _check_platform(call)
    profile = context.world.messenger_profile
    shown = {name: profile[name] for name in _fields(call) if name in profile}
    return Answer({"data": [shown] if shown else []})


def delete_profile(context: GraphContext, call: GraphCall) -> Answer:
    """Take the named parts away."""
    _check_platform(call)
    context.world.clear_messenger_profile(_fields(call))
    return Answer({"result": "success"}, event="messenger_profile")


def _fields(call: GraphCall) -> tuple[str, ...]:
    names = call.names("fields")
    if not names:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="fields")
    for at, name in enumerate(names):
        if name not in PARTS:
            detail = f"Param fields[{at}] must be one of {{{', '.join(PARTS)}}}"
            raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return names


def _check_platform(call: GraphCall) -> None:
    platform = call.text("platform")
    if platform is not None and platform.lower() not in tuple(Platform):
        detail = f"Param platform must be one of {{{', '.join(Platform)}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)


def _parsed(value: Any) -> Any:
    return loose_json(value) if isinstance(value, str) else value
