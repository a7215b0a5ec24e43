"""The composition root: settings in, one Flask application out."""

from __future__ import annotations

from collections.abc import Sequence

import flask

from fake_meta.clock import VirtualClock
from fake_meta.domain.events import WebhookEvent
from fake_meta.journal import Journal
from fake_meta.settings import Settings
from fake_meta.world import World


class _NoOutbox:
    def put(self, events: Sequence[WebhookEvent]) -> None:
        """Drop them."""


def create_app(settings: Settings) -> flask.Flask:
    """Build the emulator."""
    from fake_meta.surfaces import mobile, web

    app = flask.Flask("fake_meta", static_folder=None)
    world = World(settings.seed, VirtualClock(), Journal(), _NoOutbox(), settings.origin)
    app.register_blueprint(web.create_blueprint(world))
    app.register_blueprint(mobile.create_blueprint(world))
    return app
