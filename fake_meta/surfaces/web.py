"""Instagram's website: unsending here tells the company's app nothing (meta-contract §9.1)."""

from __future__ import annotations

import flask

from fake_meta.surfaces.door import build_blueprint
from fake_meta.surfaces.look import WEB
from fake_meta.world import World


def create_blueprint(world: World) -> flask.Blueprint:
    """The website under /www.instagram.com."""
    return build_blueprint(world, WEB)
