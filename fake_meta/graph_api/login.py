"""Tokens for codes, for tokens and for app secrets (meta-contract §6.1, §6.2)."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import Any

from fake_meta.domain.graph_errors import AnyError, GraphCallError, GraphError
from fake_meta.domain.login import CodeFault, CodeRefusedError
from fake_meta.domain.tokens import REFRESHABLE_AFTER_MS, Token, TokenKind, death_fault
from fake_meta.graph_api import tokens
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.world import World

_CODE_FAULTS: Mapping[CodeFault, GraphError] = {
    CodeFault.UNKNOWN: GraphError.CODE_UNKNOWN,
    CodeFault.USED: GraphError.CODE_USED,
    CodeFault.EXPIRED: GraphError.CODE_EXPIRED,
    CodeFault.OTHER_REDIRECT: GraphError.CODE_OTHER_REDIRECT,
}
_NO_MATCHING_CODE = "Matching code was not found or was already used"
_AT_INSTAGRAM: Mapping[AnyError, str] = {
    GraphError.CLIENT_UNKNOWN: "Invalid platform app",
    GraphError.CODE_UNKNOWN: _NO_MATCHING_CODE,
    GraphError.CODE_USED: _NO_MATCHING_CODE,
    GraphError.CODE_EXPIRED: _NO_MATCHING_CODE,
}


def facebook_token(context: GraphContext, call: GraphCall) -> Answer:
    """`/oauth/access_token` of graph.facebook.com, by GET or POST."""
    grant = call.text("grant_type") or "authorization_code"
    if grant not in _GRANTS:
        detail = f"Param grant_type must be one of {{{', '.join(_GRANTS)}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    _check_client(context.world, call)
    return Answer(_GRANTS[grant](context.world, call), event="token")


def instagram_token(context: GraphContext, call: GraphCall) -> Answer:
    """`POST api.instagram.com/oauth/access_token`; its errors have a shape of their own."""
    if call.method != "POST":
        return _instagram_refusal("Method not allowed; use POST", 405)
    try:
        token = _instagram_token(context.world, call)
    except GraphCallError as fault:
        return _instagram_refusal(_AT_INSTAGRAM.get(fault.error, fault.message), 400)
    body: dict[str, Any] = {
        "access_token": token.value,
        "user_id": context.world.choices.user_id(token.subject),
        "permissions": list(token.scopes or ()),
    }
    if context.world.answers_in_arrays:
        body = {"data": [{**body, "permissions": ",".join(token.scopes or ())}]}
    return Answer(body, event="token")


def exchange_instagram_token(context: GraphContext, call: GraphCall) -> Answer:
    """`GET graph.instagram.com/access_token`: a short-lived token becomes a long-lived one."""
    _check_grant(call, "ig_exchange_token")
    _check_secret(context.world, call, call.required("client_secret"))
    token = tokens.identify(context.world, call, context.world.now_ms())
    if token.is_long_lived:
        raise GraphCallError(GraphError.SESSION_KEY)
    return Answer(_bearer(context.world, context.world.prolong(token)), event="token")


def refresh_instagram_token(context: GraphContext, call: GraphCall) -> Answer:
    """`GET graph.instagram.com/refresh_access_token`: alive, and at least 24 hours old."""
    _check_grant(call, "ig_refresh_token")
    token = tokens.identify(context.world, call, context.world.now_ms())
    if not token.is_long_lived:
        raise GraphCallError(GraphError.SESSION_KEY)
    if context.world.now_ms() - token.issued_ms < REFRESHABLE_AFTER_MS:
        raise GraphCallError(GraphError.TOO_YOUNG_TO_REFRESH)
    return Answer(_bearer(context.world, context.world.prolong(token)), event="token")


def _by_code(world: World, call: GraphCall) -> dict[str, Any]:
    return _bearer(world, _redeemed(world, call))


def _by_user_token(world: World, call: GraphCall) -> dict[str, Any]:
    token = world.find_token(_login_parameter(call, "fb_exchange_token"))
    if token is None or token.kind is TokenKind.IG_USER:
        raise GraphCallError(GraphError.TOKEN_UNREADABLE)
    fault = death_fault(token, world.now_ms())
    if fault is not None:
        raise fault
    if token.kind is not TokenKind.USER:
        raise GraphCallError(GraphError.USER_TOKEN_REQUIRED)
    return _bearer(world, world.prolong(token))


def _by_secret(world: World, _call: GraphCall) -> dict[str, Any]:
    return {"access_token": world.app_token, "token_type": "bearer"}


_GRANTS: Mapping[str, Callable[[World, GraphCall], dict[str, Any]]] = {
    "authorization_code": _by_code,
    "fb_exchange_token": _by_user_token,
    "client_credentials": _by_secret,
}


def _instagram_token(world: World, call: GraphCall) -> Token:
    _check_grant(call, "authorization_code")
    _check_client(world, call)
    return _redeemed(world, call)


def _redeemed(world: World, call: GraphCall) -> Token:
    code, redirect_uri = _login_parameter(call, "code"), _login_parameter(call, "redirect_uri")
    try:
        # Instagram appends #_ to the code in the redirect; apps must strip it, so we do not.
        return world.redeem_code(call.flavour, code, redirect_uri)
    except CodeRefusedError as refused:
        raise GraphCallError(_CODE_FAULTS[refused.fault]) from None


def _bearer(world: World, token: Token) -> dict[str, Any]:
    assert token.expires_ms is not None, "tokens of a log-in end"
    left_s = -(-(token.expires_ms - world.now_ms()) // 1000)
    return {"access_token": token.value, "token_type": "bearer", "expires_in": left_s}


def _check_client(world: World, call: GraphCall) -> None:
    """The app's id and secret, as parameters or by HTTP Basic."""
    basic_id, basic_secret = call.credentials or (None, None)
    client_id = call.text("client_id") or basic_id
    secret = call.text("client_secret") or basic_secret
    if client_id is None:
        raise GraphCallError(GraphError.LOGIN_PARAMETER, name="client_id")
    if client_id != world.client(call.flavour).id:
        raise GraphCallError(GraphError.CLIENT_UNKNOWN)
    if secret is None:
        raise GraphCallError(GraphError.LOGIN_PARAMETER, name="client_secret")
    _check_secret(world, call, secret)


def _check_secret(world: World, call: GraphCall, secret: str) -> None:
    expected = world.client(call.flavour).secret
    if not hmac.compare_digest(expected.encode(), secret.encode("utf-8", "surrogatepass")):
        raise GraphCallError(GraphError.CLIENT_SECRET)


def _check_grant(call: GraphCall, expected: str) -> None:
    if call.text("grant_type") != expected:
        detail = f"Param grant_type must be one of {{{expected}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)


def _login_parameter(call: GraphCall, name: str) -> str:
    value = call.text(name)
    if value is None:
        raise GraphCallError(GraphError.LOGIN_PARAMETER, name=name)
    return value


def _instagram_refusal(message: str, status: int) -> Answer:
    body = {"error_type": "OAuthException", "code": status, "error_message": message}
    return Answer(body, event="error", status=status)
