"""Serves the inspector's page; everything it shows comes from the control API."""

from __future__ import annotations

import flask

PREFIX = "/_inspector"
_PAGE = "inspector.html"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def create_blueprint() -> flask.Blueprint:
    """The root address, the inspector's files, and the icon that browsers ask for."""
    blueprint = flask.Blueprint(
        "inspector", __name__, static_folder="static", static_url_path=PREFIX
    )

    @blueprint.get("/")
    def page() -> flask.Response:
        return blueprint.send_static_file(_PAGE)

    @blueprint.get("/favicon.ico")
    def icon() -> flask.Response:
        return blueprint.send_static_file("icon.svg")

    @blueprint.after_request
    def guard(response: flask.Response) -> flask.Response:
        # Bodies and names in the journal are written by strangers.
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-cache"
        return response

    return blueprint
