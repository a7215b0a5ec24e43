"""Placeholder of the mobile surface."""

from __future__ import annotations

import flask

from fake_meta.world import World


def create_blueprint(world: World) -> flask.Blueprint:
    """A door with nothing behind it yet."""
    blueprint = flask.Blueprint("mobile", __name__, url_prefix="/instagram-app")

    @blueprint.get("/")
    def front() -> str:
        return world.account.username

    return blueprint
