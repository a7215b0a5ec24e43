"""Puts the pages of the App Dashboard together."""

from __future__ import annotations

import hmac
from typing import Any
from urllib.parse import urlsplit

import flask
from flask.typing import ResponseReturnValue

from fake_meta.control import Parts
from fake_meta.dashboard.logins import LoginPages
from fake_meta.dashboard.people import RolePages
from fake_meta.dashboard.review import ReviewPages
from fake_meta.dashboard.settings import SettingsPages
from fake_meta.dashboard.webhooks import WebhookPages
from fake_meta.domain.errors import (
    EmulatorError,
    InvalidRequestError,
    NotAllowedError,
    UnknownAppError,
)
from fake_meta.domain.graph_errors import GraphCallError

PREFIX = "/developers.facebook.com"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
TABS = (
    ("settings", "App settings"),
    ("logins", "Login settings"),
    ("roles", "App roles"),
    ("webhooks", "Webhooks"),
    ("review", "App Review"),
)
_TAB_OF = {
    "settings": "settings",
    "mode": "settings",
    "login": "logins",
    "roles": "roles",
    "webhooks": "webhooks",
    "review": "review",
}
_WAY_IN = (
    "The App Dashboard of this emulator asks for its control token: any name, and as password what "
    "--control-token or FAKE_META_CONTROL_TOKEN says.\n"
)
_STATUS: dict[type[Exception], int] = {InvalidRequestError: 400, NotAllowedError: 409}


def create_blueprint(parts: Parts, token: str = "") -> flask.Blueprint:
    """All pages, for whoever opens them: the emulator has one administrator.

    They show secrets and change the app, so they ask for the control token where there is one.
    """
    blueprint = flask.Blueprint(
        "dashboard",
        __name__,
        url_prefix=PREFIX,
        template_folder="templates",
        static_folder="static",
        static_url_path="/dashboard-static",
    )
    for pages in (SettingsPages, LoginPages, RolePages, WebhookPages, ReviewPages):
        pages(parts).register(blueprint)
    blueprint.add_url_rule("/", "root", lambda: _home(parts))
    blueprint.add_url_rule("/apps/", "apps", lambda: _home(parts))
    blueprint.add_url_rule("/apps/<app_id>/", "app", lambda **_app: _home(parts))
    blueprint.before_request(_keep_strangers_out)
    blueprint.before_request(lambda: _ask_for(token) if token else None)
    blueprint.before_request(lambda: _check_app(parts))
    blueprint.after_request(_seal)
    blueprint.context_processor(lambda: _surroundings(parts))
    blueprint.register_error_handler(EmulatorError, _show_problem)
    blueprint.register_error_handler(GraphCallError, _show_problem)
    return blueprint


def _home(parts: Parts) -> ResponseReturnValue:
    return flask.redirect(flask.url_for("dashboard.settings", app_id=parts.world.app.id))


def _keep_strangers_out() -> None:
    """Forms come from these pages, not from another site's."""
    origin = flask.request.headers.get("Origin")
    is_foreign = urlsplit(origin or "").netloc != flask.request.headers.get("Host", "")
    if flask.request.method == "POST" and origin is not None and is_foreign:
        flask.abort(403)


def _ask_for(token: str) -> flask.Response | None:
    """The browser's own question for a password: it needs no page, and is answered once."""
    shown = flask.request.authorization
    password = "" if shown is None else shown.password or shown.token or ""
    if hmac.compare_digest(password.encode(), token.encode()):
        return None
    refused = flask.Response(_WAY_IN, 401, content_type="text/plain; charset=utf-8")
    refused.headers["WWW-Authenticate"] = 'Basic realm="App Dashboard", charset="UTF-8"'
    return refused


def _check_app(parts: Parts) -> None:
    """There is one app."""
    asked = (flask.request.view_args or {}).get("app_id", parts.world.app.id)
    if asked != parts.world.app.id:
        raise UnknownAppError(f"there is no app {asked}; this world's app is {parts.world.app.id}")


def _seal(response: flask.Response) -> flask.Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _surroundings(parts: Parts) -> dict[str, Any]:
    rest = flask.request.path.removeprefix(f"{PREFIX}/apps/{parts.world.app.id}/")
    here = _TAB_OF.get(rest.partition("/")[0], "")
    return {
        "app": parts.world.app,
        "tabs": TABS,
        "here": here,
        "errors": flask.g.get("errors") or {},
        "given": flask.g.get("given"),
        "problem": flask.g.get("problem"),
        "said": flask.request.args.get("said", "")[:300],
    }


def _show_problem(error: Exception) -> ResponseReturnValue:
    status = _STATUS.get(type(error), 400 if isinstance(error, GraphCallError) else 404)
    back = flask.request.referrer or flask.url_for("dashboard.root")
    return flask.render_template("dashboard/problem.html", error=str(error), back=back), status
