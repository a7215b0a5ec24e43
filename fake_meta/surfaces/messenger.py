"""Messenger's website: a customer's thread with the Page, smaller than Instagram's."""

from __future__ import annotations

import flask

from fake_meta.surfaces.door import build_blueprint
from fake_meta.surfaces.look import MESSENGER
from fake_meta.world import World


def create_blueprint(world: World) -> flask.Blueprint:
    """The website under /www.messenger.com."""
    return build_blueprint(world, MESSENGER)
