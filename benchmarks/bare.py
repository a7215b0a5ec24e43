"""A Flask application without state: what the server and the framework cost by themselves."""

from __future__ import annotations

import flask

from benchmarks.stalls import PROFILE


def create_app() -> flask.Flask:
    """One view with a profile, one that takes anything."""
    app = flask.Flask("bare")

    @app.get("/v25.0/<who>")
    def profile(who: str) -> flask.Response:
        assert who
        return flask.jsonify(PROFILE)

    @app.post("/webhook")
    def webhook() -> str:
        flask.request.get_data()
        return ""

    @app.get("/health")
    def health() -> str:
        return "ok"

    return app
