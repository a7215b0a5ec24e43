"""Login page, first password, the console's page, sign-out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from system_under_test.domain.agents import (
    LEAST_PASSWORD,
    SESSION_CONSOLE,
    SESSION_FIRST_LOGIN,
    Session,
)
from system_under_test.domain.attachments import MOST_BYTES, TAKEN, content_types_of
from system_under_test.service.gatekeeper import TooManyAttemptsError
from system_under_test.service.signin import (
    OpenConversationsError,
    PasswordRefusedError,
    SignInRefusedError,
)
from system_under_test.web import guard
from system_under_test.web.console import console
from system_under_test.web.guard import (
    FORM_COOKIE,
    SESSION_COOKIE,
    cookie_of,
    drop_cookie,
    set_cookie,
    text,
)
from system_under_test.web.i18n import catalogue

ROOT = "/interact_multiagent"
_NEXT = {SESSION_CONSOLE: f"{ROOT}/console", SESSION_FIRST_LOGIN: f"{ROOT}/first-login"}
_PASSWORD_TEXTS = {
    "passwords_differ": "first_login.mismatch",
    "password_too_short": "first_login.too_short",
}

entrance = Blueprint("entrance", __name__, url_prefix=ROOT)


@entrance.get("", strict_slashes=False)
def login_page() -> ResponseReturnValue:
    """The login page itself; no portal, no redirect."""
    return _login_page()


@entrance.post("/login")
def login() -> ResponseReturnValue:
    """Sign in; JSON or a page, as the client accepts."""
    if not guard.is_from_form(FORM_COOKIE):
        return _refuse("csrf", "login.csrf", 403)
    name, password = request.form.get("login", ""), request.form.get("password", "")
    try:
        token, kind = console().sign_in.sign_in(name, password, request.remote_addr or "")
    except TooManyAttemptsError as error:
        seconds = error.retry_after_s
        answer = _refuse("too_many_attempts", "login.too_many_attempts", 429, seconds=seconds)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    except SignInRefusedError as error:
        return _refuse("invalid_credentials", console().doors.refusal_key(error.cause), 401)
    if _wants_json():
        return set_cookie(jsonify(next=_NEXT[kind]), SESSION_COOKIE, token)
    return set_cookie(make_response(redirect(_NEXT[kind], 303)), SESSION_COOKIE, token)


@entrance.get("/first-login")
def first_login_page() -> ResponseReturnValue:
    """Where an agent without password creates it."""
    session = guard.living_session(SESSION_FIRST_LOGIN)
    return redirect(ROOT) if session is None else _first_login_page(session)


@entrance.post("/first-login")
def first_login() -> ResponseReturnValue:
    """Create the password, then the console."""
    session = guard.living_session(SESSION_FIRST_LOGIN)
    if session is None:
        return redirect(ROOT, 303)
    if not guard.is_from_form(SESSION_COOKIE):
        return _first_login_page(session, text("login.csrf")), 403
    new, repeated = request.form.get("new_password", ""), request.form.get("repeat_password", "")
    try:
        token = console().sign_in.create_password(session, new, repeated)
    except PasswordRefusedError as error:
        sentence = text(_PASSWORD_TEXTS[error.code], length=LEAST_PASSWORD)
        return _first_login_page(session, sentence), 422
    except SignInRefusedError:
        return redirect(ROOT, 303)
    return set_cookie(make_response(redirect(_NEXT[SESSION_CONSOLE], 303)), SESSION_COOKIE, token)


@entrance.get("/console")
def console_page() -> ResponseReturnValue:
    """The application."""
    if guard.living_session(SESSION_FIRST_LOGIN) is not None:
        return redirect(_NEXT[SESSION_FIRST_LOGIN])
    session = guard.living_session(SESSION_CONSOLE)
    if session is None:
        return redirect(ROOT)
    agent = console().sign_in.agent_of(session)
    return render_template(
        "console.html",
        state_url=f"{ROOT}/api/state",
        agent_name=agent.name,
        is_supervisor=agent.is_supervisor,
        csrf_token=guard.csrf_token(cookie_of(SESSION_COOKIE)),
        catalogue=catalogue(console().language),
        accepted={medium: content_types_of(medium) for medium in TAKEN},
        most_bytes=MOST_BYTES,
        **_page(),
    )


@entrance.post("/logout")
@guard.signed_in
def logout() -> ResponseReturnValue:
    """Sign out, unless conversations are open."""
    try:
        console().sign_in.sign_out(g.session)
    except OpenConversationsError:
        sentence = text("session.open_conversations")
        return jsonify(error="open_conversations", message=sentence), 409
    return drop_cookie(jsonify(next=ROOT), SESSION_COOKIE)


def _login_page(error: str | None = None) -> Response:
    secret = cookie_of(FORM_COOKIE) or console().new_token()
    token = guard.csrf_token(secret)
    # The field is shown again as it was filled in; the password never is.
    name = request.form.get("login", "")
    page = render_template("login.html", csrf_token=token, error=error, login=name, **_page())
    return set_cookie(make_response(page), FORM_COOKIE, secret)


def _first_login_page(session: Session, error: str | None = None) -> str:
    return render_template(
        "first_login.html",
        csrf_token=guard.csrf_token(cookie_of(SESSION_COOKIE)),
        error=error,
        login=console().sign_in.agent_of(session).login,
        **_page(),
    )


def _page() -> dict[str, Any]:
    return {"language": console().language, "t": text}


def _refuse(code: str, key: str, status: int, **values: int) -> Response:
    sentence = text(key, **values)
    if _wants_json():
        retry = {"retry_after_s": values["seconds"]} if values else {}
        response = jsonify(error=code, message=sentence, **retry)
    else:
        response = _login_page(sentence)
    response.status_code = status
    return response


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and "application/json" in request.headers.get("Accept", "")
