"""`/{page-id}/messenger_profile`: ice breakers, menu, Get Started, greeting (§4.6)."""

from __future__ import annotations

from typing import Any

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.greetings import checked_profile
from fake_meta.domain.messaging_errors import MessagingError
from fake_meta.domain.platforms import Platform
from fake_meta.graph_api.call import Answer, GraphCall, Json, loose_json
from fake_meta.graph_api.context import GraphContext

PARTS = {
    Platform.INSTAGRAM: ("ice_breakers", "persistent_menu"),
    Platform.MESSENGER: (
        "get_started", "greeting", "ice_breakers", "persistent_menu", "whitelisted_domains",
        "account_linking_url",
    ),
}  # fmt: skip
"""What each inbox of a Page can have."""


def write_profile(context: GraphContext, call: GraphCall) -> Answer:
    """Set some parts; the others stay."""
    _check_platform(call)
    parts = PARTS[context.world.platform]
    given = {name: _parsed(call.parameters[name]) for name in parts if name in call.parameters}
    profile = checked_profile(given)
    _check_menu(context, {**context.world.messenger_profile, **profile})
    context.world.set_messenger_profile(profile)
    return Answer({"result": "success"}, event="messenger_profile")


def read_profile(context: GraphContext, call: GraphCall) -> Answer:
    """The asked parts that are set; no data when none is."""
    _check_platform(call)
    profile = context.world.messenger_profile
    shown = {name: profile[name] for name in _fields(context, call) if name in profile}
    return Answer({"data": [shown] if shown else []})


def delete_profile(context: GraphContext, call: GraphCall) -> Answer:
    """Take the named parts away."""
    _check_platform(call)
    names = _fields(context, call)
    rest = {k: v for k, v in context.world.messenger_profile.items() if k not in names}
    _check_menu(context, rest)
    context.world.clear_messenger_profile(names)
    return Answer({"result": "success"}, event="messenger_profile")


def _check_menu(context: GraphContext, profile: Json) -> None:
    """On Messenger the menu lies behind the Get Started button."""
    is_messenger = context.world.platform is Platform.MESSENGER
    if is_messenger and "persistent_menu" in profile and "get_started" not in profile:
        raise GraphCallError(MessagingError.GET_STARTED_NEEDED)


def _fields(context: GraphContext, call: GraphCall) -> tuple[str, ...]:
    parts = PARTS[context.world.platform]
    names = call.names("fields")
    if not names:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="fields")
    for at, name in enumerate(names):
        if name not in parts:
            detail = f"Param fields[{at}] must be one of {{{', '.join(parts)}}}"
            raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return names


def _check_platform(call: GraphCall) -> None:
    platform = call.text("platform")
    if platform is not None and platform.lower() not in tuple(Platform):
        detail = f"Param platform must be one of {{{', '.join(Platform)}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)


def _parsed(value: Any) -> Any:
    """JSON as text, or a text that is none."""
    parsed = loose_json(value) if isinstance(value, str) else value
    return value if parsed is None else parsed
