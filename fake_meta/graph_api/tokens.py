"""Whose token a call carries, and what `GET /debug_token` says about one (meta-contract §6.1)."""

from __future__ import annotations

import hashlib
import hmac
from enum import StrEnum

from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.world import World

_NINETY_DAYS_S = 90 * 24 * 3600


class Identity(StrEnum):
    """What a token stands for."""

    PAGE = "PAGE"
    APP = "APP"


def identify(world: World, call: GraphCall) -> Identity:
    """What the call's token stands for, or Meta's refusal of it."""
    if call.token is None:
        if call.path and call.path[0] == "me":
            raise GraphCallError(GraphError.NO_ACTIVE_TOKEN)
        raise GraphCallError(GraphError.TOKEN_REQUIRED)
    identity = _known(world, call.token)
    if identity is None:
        kind = GraphError.APP_TOKEN_INVALID if "|" in call.token else GraphError.TOKEN_UNREADABLE
        raise GraphCallError(kind)
    _check_proof(world, call)
    return identity


def debug_token(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /debug_token`: 200 also for a token that is not valid."""
    world = context.world
    inspected = call.required("input_token")
    identity = _known(world, inspected)
    if identity is None:
        row = GraphError.TOKEN_UNREADABLE.value
        error = {"code": row.code, "message": row.text}
        return Answer({"data": {"error": error, "is_valid": False, "scopes": []}})
    data = {
        "app_id": world.app.id,
        "type": str(identity),
        "application": world.app.name,
        "expires_at": 0,
        "is_valid": True,
    }
    if identity is Identity.PAGE:
        data |= _page_token_details(world)
    return Answer({"data": data})


def _page_token_details(world: World) -> dict[str, object]:
    now_s = world.now_ms() // 1000
    scopes = granted(world)
    return {
        "data_access_expires_at": now_s + _NINETY_DAYS_S,
        "issued_at": now_s,
        "profile_id": world.page.id,
        "scopes": scopes,
        "granular_scopes": [
            {"scope": scope, "target_ids": [_target_of(world, scope)]} for scope in scopes
        ],
    }


def granted(world: World) -> list[str]:
    """Permissions that the Page token carries."""
    access = world.app.access
    return [str(p) for p in Permission if access[p] is not AccessLevel.NONE]


def _target_of(world: World, scope: str) -> str:
    return world.account.id if scope.startswith("instagram_") else world.page.id


def _known(world: World, token: str) -> Identity | None:
    if world.is_page_token(token):
        return Identity.PAGE
    return Identity.APP if world.is_app_token(token) else None


def _check_proof(world: World, call: GraphCall) -> None:
    proof = call.text("appsecret_proof")
    if proof is None:
        return
    token, secret = call.token or "", world.app.secret
    expected = hmac.digest(secret.encode(), token.encode(), hashlib.sha256).hex()
    if not hmac.compare_digest(expected.encode(), proof.encode()):
        raise GraphCallError(GraphError.INVALID_PROOF)
