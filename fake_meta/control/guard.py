"""Who may call: programs on purpose, not whatever page stands open in the tester's browser."""

from __future__ import annotations

import hmac
import ipaddress
from urllib.parse import urlsplit

import flask

_UNKNOWN_CALLER = (
    "the control token is missing or wrong: send Authorization: Bearer with the token that the "
    "emulator was started with (--control-token or FAKE_META_CONTROL_TOKEN)"
)
OPEN = "control.health"
"""Tells nothing but that it serves, to whoever waits for it."""


def refusal(host: str, origin: str | None, *, is_named: bool = False) -> str | None:
    """Why a call with these headers is refused; None when it may pass.

    A foreign `Origin` is another site's page. A foreign `Host` is a name that somebody else leads
    here (DNS rebinding), or one of Meta's, under which there is no control API. With a token
    (`is_named`) any name will do: whoever leads a name here does not know the token.
    """
    if origin is not None and urlsplit(origin).netloc != host:
        return f"the control API takes no calls from pages of {origin}"
    if not is_named and not _is_ours(host):
        return f"the control API answers at an address or at localhost, not as {host!r}"
    return None


def knows(token: str, authorization: str) -> bool:
    """Whether the header carries the token; takes as long for a wrong one as for another."""
    scheme, _, shown = authorization.partition(" ")
    is_right = hmac.compare_digest(shown.strip().encode(), token.encode())
    return is_right and scheme.lower() == "bearer"


def keep_strangers_out(blueprint: flask.Blueprint, token: str = "") -> None:
    """Answer 403 to calls that `refusal` names, 401 to those without the token."""

    @blueprint.before_request
    def check() -> tuple[flask.Response, int] | None:
        headers = flask.request.headers
        is_named = bool(token)
        reason = refusal(headers.get("Host", ""), headers.get("Origin"), is_named=is_named)
        if reason is not None:
            return flask.jsonify(error=reason), 403
        is_open = not token or flask.request.endpoint == OPEN
        if is_open or knows(token, headers.get("Authorization", "")):
            return None
        answer = flask.jsonify(error=_UNKNOWN_CALLER)
        answer.headers["WWW-Authenticate"] = 'Bearer realm="control API"'
        return answer, 401


def _is_ours(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost":
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
