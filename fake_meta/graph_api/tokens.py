"""Whose token a call carries, and what `GET /debug_token` says about one (meta-contract §6.1)."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from fake_meta.domain.error_choices import in_force
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.tokens import DATA_ACCESS_MS, Token, TokenKind, death_fault
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.world import World
from fake_meta.world.tokens import flavour_of

_NEVER = 0


def identify(world: World, call: GraphCall, now_ms: int) -> Token:
    """The call's token, or Meta's refusal of it: unknown, of the other host, dead, unproved."""
    if call.token is None:
        if call.path and call.path[0] == "me":
            raise GraphCallError(GraphError.NO_ACTIVE_TOKEN)
        raise GraphCallError(GraphError.TOKEN_REQUIRED)
    token = world.find_token(call.token)
    if token is None or flavour_of(token.kind) is not call.host.flavour:
        is_known = token is not None and world.choices.other_login_token == "10"  # noqa: S105 - a choice
        raise GraphCallError(GraphError.NO_PERMISSION if is_known else _unknown(call.token))
    fault = death_fault(token, now_ms)
    if fault is not None:
        raise fault
    _check_proof(world, call)
    return token


def debug_token(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /debug_token`: 200 also for a token that is not valid."""
    world = context.world
    inspected = call.required("input_token")
    token = world.find_token(inspected)
    if token is None:
        error = _error_of(GraphCallError(_unknown(inspected)))
        return Answer({"data": {"error": error, "is_valid": False, "scopes": []}})
    fault = death_fault(token, world.now_ms())
    data = _description(world, token)
    if fault is not None:
        data |= {"error": _error_of(in_force(fault, world.choices)), "is_valid": False}
    return Answer({"data": data})


def _description(world: World, token: Token) -> dict[str, Any]:
    """Keys in the order of §6.1's answer; an app token has no person, nor scopes of theirs."""
    expires_at = _NEVER if token.expires_ms is None else token.expires_ms // 1000
    head = {"app_id": token.app_id, "type": _type_of(world, token), "application": world.app.name}
    if token.kind is TokenKind.APP:
        return {**head, "expires_at": expires_at, "is_valid": True}
    access_until_ms = token.data_access_until_ms or world.now_ms() + DATA_ACCESS_MS
    return {
        **head,
        "data_access_expires_at": access_until_ms // 1000,
        "expires_at": expires_at,
        "is_valid": True,
        "issued_at": token.issued_ms // 1000,
        **({"profile_id": token.subject} if token.kind is TokenKind.PAGE else {}),
        "user_id": token.user_id,
        **_scopes_of(world, token),
    }


def _type_of(world: World, token: Token) -> str:
    """Instagram's tokens have a name of their own, or not (choice token_type)."""
    is_plain = token.kind is TokenKind.IG_USER and world.choices.token_type == "USER"  # noqa: S105 - a choice
    return "USER" if is_plain else token.kind.upper()


def _scopes_of(world: World, token: Token) -> dict[str, Any]:
    scopes = world.scopes_in_force(token)
    granular = [
        {"scope": scope, "target_ids": targets}
        for scope in scopes
        if (targets := _targets_of(world, token, scope))
    ]
    return {"scopes": list(scopes), "granular_scopes": granular}


def _targets_of(world: World, token: Token, scope: str) -> list[str]:
    """The assets that a permission is about; permissions about the person have none."""
    own = world.at(token.subject)
    companies = world.companies() if token.kind is TokenKind.USER else (own,)
    if scope.startswith("instagram_"):
        targets: list[str] = [one.account.id for one in companies]
    else:
        targets = [one.page.id for one in companies] if scope.startswith("pages_") else []
    return [target for target in targets if token.sees(target)]


def _unknown(value: str) -> GraphError:
    return GraphError.APP_TOKEN_INVALID if "|" in value else GraphError.TOKEN_UNREADABLE


def _error_of(fault: GraphCallError) -> dict[str, Any]:
    error: dict[str, Any] = {"code": fault.row.code, "message": fault.message}
    if fault.row.subcode is not None:
        error["subcode"] = fault.row.subcode
    return error


def _check_proof(world: World, call: GraphCall) -> None:
    """`appsecret_proof`: verified when given, demanded by an app setting (meta-contract §5.5)."""
    client = world.client(call.host.flavour)
    proof = call.text("appsecret_proof") if "appsecret_proof" in call.parameters else None
    if proof is None:
        if client.proof_required:
            raise GraphCallError(GraphError.PROOF_REQUIRED)
        return
    expected = proof_of(call.token or "", client.secret)
    if not hmac.compare_digest(expected.encode(), proof.encode("utf-8", "surrogatepass")):
        raise GraphCallError(GraphError.INVALID_PROOF)


def proof_of(token: str, secret: str) -> str:
    """HMAC-SHA256 of the token under the app secret, lowercase hex."""
    return hmac.digest(secret.encode(), token.encode(), hashlib.sha256).hex()
