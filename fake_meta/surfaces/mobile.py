"""Instagram's phone app: unsending here emits the event (meta-contract §9.1)."""

from __future__ import annotations

import flask

from fake_meta.surfaces.door import build_blueprint
from fake_meta.surfaces.look import PHONE
from fake_meta.world import World


def create_blueprint(world: World) -> flask.Blueprint:
    """The phone app under /instagram-app."""
    return build_blueprint(world, PHONE)
