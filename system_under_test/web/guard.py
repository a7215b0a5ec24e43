"""Who is asking, and whether the request comes from our own pages."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from system_under_test.domain.agents import EXPIRED, IDLE, SESSION_CONSOLE, TAKEN_OVER, Session
from system_under_test.web.console import console
from system_under_test.web.i18n import translate

SESSION_COOKIE = "interact_session"
FORM_COOKIE = "interact_form"  # outlives sign-ins, so a login page left open still works
_SAFE = {"GET", "HEAD", "OPTIONS"}
_Given = ParamSpec("_Given")


def csrf_token(secret: str) -> str:
    """The token that only somebody who was given a page with this cookie can know."""
    return hmac.new(console().csrf_key, secret.encode(), hashlib.sha256).hexdigest()


def is_from_form(cookie: str) -> bool:
    """Whether a form carries the token of that cookie."""
    secret = cookie_of(cookie)
    given = request.form.get("csrf_token", "")
    return bool(secret) and hmac.compare_digest(csrf_token(secret).encode(), given.encode())


def signed_in(
    view: Callable[_Given, ResponseReturnValue],
) -> Callable[_Given, ResponseReturnValue]:
    """Let only a living console session pass; g.session is it. Otherwise 401, or 403 for csrf."""

    @wraps(view)
    def guarded(*args: _Given.args, **kwargs: _Given.kwargs) -> ResponseReturnValue:
        session = living_session(SESSION_CONSOLE)
        if session is None:
            return _refusal(find_session()), 401
        if request.method not in _SAFE and not _has_header_token():
            return jsonify(error="csrf"), 403
        console().feed.presence.touch(session)
        g.session = session
        return view(*args, **kwargs)

    return guarded


def supervising(
    view: Callable[_Given, ResponseReturnValue],
) -> Callable[_Given, ResponseReturnValue]:
    """As `signed_in`, and only for supervisors: 403 for everybody else."""

    @signed_in
    @wraps(view)
    def guarded(*args: _Given.args, **kwargs: _Given.kwargs) -> ResponseReturnValue:
        if not console().sign_in.agent_of(g.session).is_supervisor:
            return jsonify(error="not_supervisor", message=text("supervisor.only")), 403
        return view(*args, **kwargs)

    return guarded


def find_session() -> Session | None:
    """The session of the request's cookie, ended or not."""
    token = cookie_of(SESSION_COOKIE)
    return console().sign_in.find(token) if token else None


def living_session(kind: str) -> Session | None:
    """The session of the request's cookie, if it is of this kind and has not ended."""
    session = find_session()
    alive = session is not None and session.end_reason is None and session.kind == kind
    return session if alive else None


def set_cookie(response: Response, name: str, value: str) -> Response:
    """Set a cookie that scripts and other sites never see, nor a line without TLS where there is
    one with it: the proxy that ends TLS speaks to us without.
    """
    is_secure = request.is_secure or _is_public_by_tls()
    name = _full_name(name)
    response.set_cookie(name, value, httponly=True, samesite="Lax", secure=is_secure, path="/")
    return response


def drop_cookie(response: Response, name: str) -> Response:
    """Let the browser forget it."""
    response.delete_cookie(_full_name(name), path="/", secure=_is_public_by_tls(), httponly=True)
    return response


def cookie_of(name: str) -> str:
    """The value that the browser keeps for us; empty without one."""
    return request.cookies.get(_full_name(name), "")


def _full_name(name: str) -> str:
    """With TLS, a name that browsers let nobody but this very host set: no neighbour plants one."""
    return f"__Host-{name}" if _is_public_by_tls() else name


def _is_public_by_tls() -> bool:
    return console().public_url.startswith("https://")


def text(key: str, **values: Any) -> str:
    """A text in the console's language."""
    return translate(console().language, key, **values)


def _has_header_token() -> bool:
    secret = cookie_of(SESSION_COOKIE)
    given = request.headers.get("X-CSRF-Token", "")
    return hmac.compare_digest(csrf_token(secret).encode(), given.encode())


def _refusal(session: Session | None) -> Response:
    if session is not None and session.end_reason == TAKEN_OVER:
        return jsonify(error="taken_over", message=text("session.taken_over"))
    if session is not None and session.end_reason == IDLE:
        return jsonify(error="signed_out", message=text("session.unused"))
    if session is not None and session.end_reason == EXPIRED:
        return jsonify(error="signed_out", message=text("session.expired"))
    return jsonify(error="signed_out", message=text("session.signed_out"))
