"""Who may call: programs on purpose, not whatever page stands open in the tester's browser."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import flask


def refusal(host: str, origin: str | None) -> str | None:
    """Why a call with these headers is refused; None when it may pass.

    A foreign `Origin` is another site's page. A foreign `Host` is a name that somebody else leads
    here (DNS rebinding), or one of Meta's, under which there is no control API.
    """
    if origin is not None and urlsplit(origin).netloc != host:
        return f"the control API takes no calls from pages of {origin}"
    if not _is_ours(host):
        return f"the control API answers at an address or at localhost, not as {host!r}"
    return None


def keep_strangers_out(blueprint: flask.Blueprint) -> None:
    """Answer 403 to calls that `refusal` names."""

    @blueprint.before_request
    def check() -> tuple[flask.Response, int] | None:
        headers = flask.request.headers
        reason = refusal(headers.get("Host", ""), headers.get("Origin"))
        return None if reason is None else (flask.jsonify(error=reason), 403)


def _is_ours(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost":
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
