"""Snapshots: the world to a file and back, and marks to return to."""

from __future__ import annotations

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json, world_json
from fake_meta.control.requests import json_object, text
from fake_meta.domain.errors import InvalidRequestError

_LONGEST_NAME = 100


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The routes /snapshot and /marks."""

    @blueprint.get("/snapshot")
    def take() -> flask.Response:
        headers = {"Content-Disposition": "attachment; filename=world.snapshot"}
        return flask.Response(
            parts.snapshots.take(), 200, headers, content_type="application/octet-stream"
        )

    @blueprint.put("/snapshot")
    def restore() -> Json:
        parts.snapshots.restore(flask.request.get_data())
        return {"seed": parts.world.seed, "choices": world_json(parts.world)["choices"]}

    @blueprint.get("/marks")
    def names() -> Json:
        return {"marks": list(parts.snapshots.names())}

    @blueprint.post("/marks")
    def mark() -> tuple[Json, int]:
        parts.snapshots.mark(_name_of_mark(json_object({"name"}).get("name")))
        return {"marks": list(parts.snapshots.names())}, 201

    @blueprint.post("/marks/<name>/restore")
    def return_to(name: str) -> Json:
        parts.snapshots.return_to(name)
        return {"marks": list(parts.snapshots.names())}

    @blueprint.delete("/marks/<name>")
    def forget(name: str) -> Json:
        parts.snapshots.forget(name)
        return {"marks": list(parts.snapshots.names())}


def _name_of_mark(value: object) -> str:
    name = text("name", value)
    if len(name) > _LONGEST_NAME:
        raise InvalidRequestError(f"name has at most {_LONGEST_NAME} characters")
    if "/" in name:
        raise InvalidRequestError("name stands in addresses: it must be without a slash")
    return name
