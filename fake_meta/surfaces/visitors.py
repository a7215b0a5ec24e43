"""The doorkeeper of a surface: session cookie, forged forms, log-in first, headers."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import flask
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from fake_meta.surfaces.look import Look
from fake_meta.surfaces.sessions import Session, SessionStore
from fake_meta.world import World

COOKIE = "ig_sessionid"
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
P = ParamSpec("P")


class FormExpiredError(Forbidden):
    """A form came without the token of this browser's session."""


class Visitors:
    """Knows who asks, for one surface."""

    def __init__(self, world: World, look: Look, store: SessionStore) -> None:
        self._world = world
        self._look = look
        self.store = store

    def register(self, blueprint: flask.Blueprint) -> None:
        """Stand at the door of `blueprint`."""
        blueprint.before_request(self._receive)
        blueprint.after_request(self._dismiss)

    @property
    def session(self) -> Session | None:
        """The session of this request."""
        session: Session | None = flask.g.get("instagram_session")
        return session

    @property
    def username(self) -> str | None:
        """Who is logged in; nobody once the world no longer knows them."""
        session = self.session
        if session is None or session.username is None:
            return None
        known = self._world.find_customer(session.username) is not None
        return session.username if known else None

    @property
    def company(self) -> World | None:
        """The world in the inbox of the company whose account is logged in."""
        name = None if self.session is None else self.session.username
        companies = self._world.companies() if name is not None else ()
        return next((one for one in companies if one.account.username == name), None)

    def company_only(
        self, view: Callable[Concatenate[World, P], ResponseReturnValue]
    ) -> Callable[P, ResponseReturnValue]:
        """Give `view` the company that is logged in, or send the browser to the log-in."""

        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            company = self.company
            return self._turn_away() if company is None else view(company, *args, **kwargs)

        return guarded

    def remember(self, session: Session) -> Session:
        """Make `session` the one of this browser."""
        flask.g.instagram_session = session
        return session

    def ensure_session(self) -> Session:
        """The session of this request, started now if need be."""
        return self.session or self.remember(self.store.start())

    def logged_in(
        self, view: Callable[Concatenate[str, P], ResponseReturnValue]
    ) -> Callable[P, ResponseReturnValue]:
        """Give `view` the customer's username, or send the browser to the log-in."""

        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            username = self.username
            return self._turn_away() if username is None else view(username, *args, **kwargs)

        return guarded

    def _turn_away(self) -> ResponseReturnValue:
        if wants_json():
            return {"error": "Log in first."}, 401
        if self.company is not None:  # A company has no pages of a customer.
            return flask.redirect(flask.url_for(".business"), 303)
        request = flask.request
        asked = request.full_path.rstrip("?") if request.method == "GET" else request.path
        return flask.redirect(flask.url_for(".login", next=asked), 303)

    def _receive(self) -> None:
        request = flask.request
        flask.g.instagram_session = self.store.find(request.cookies.get(COOKIE))
        if request.method == "POST":
            session = self.session
            token = request.form.get("csrf_token", "").encode()
            if session is None or not hmac.compare_digest(token, session.csrf_token.encode()):
                raise FormExpiredError

    def _dismiss(self, response: flask.Response) -> flask.Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        if flask.request.endpoint != f"{self._look.name}.static":
            response.headers["Cache-Control"] = "no-store"
        session = self.session
        if session is not None and session.id != flask.request.cookies.get(COOKIE):
            response.set_cookie(
                COOKIE, session.id, path=f"{self._look.prefix}/", httponly=True, samesite="Lax"
            )
        return response


def wants_json() -> bool:
    """True for the page's own script, which asks for JSON and nothing else."""
    accepted = flask.request.accept_mimetypes
    return accepted.best_match(("text/html", "application/json")) == "application/json"
