"""Where Meta leaves a point open: what the emulator does, and the switch."""

from __future__ import annotations

from dataclasses import asdict

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json
from fake_meta.control.requests import json_object
from fake_meta.domain.choices import ROWS, Choice, Choices


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The routes /choices."""

    @blueprint.get("/choices")
    def read_choices() -> Json:
        return _choices_json(parts.world.choices)

    @blueprint.patch("/choices")
    def choose() -> Json:
        return _choices_json(parts.world.choose(json_object(None)))


def _choices_json(choices: Choices) -> Json:
    return {"choices": [_row_json(row, choices) for row in ROWS]}


def _row_json(row: Choice, choices: Choices) -> Json:
    value = getattr(choices, row.name)
    return {
        "name": row.name,
        "section": row.section,
        "mark": row.mark,
        "value": value,
        "default": row.default,
        "meaning": row.meaning_of(value),
        "values": dict(row.values),
        "numbers": None if row.span is None else asdict(row.span),
    }
