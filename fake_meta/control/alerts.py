"""What the App Dashboard tells the developer about the callback."""

from __future__ import annotations

from dataclasses import asdict

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The route /alerts."""

    @blueprint.get("/alerts")
    def alerts() -> Json:
        return {
            "alerts": [
                {**asdict(one), "title": one.title, "text": one.text} for one in parts.world.alerts
            ]
        }
