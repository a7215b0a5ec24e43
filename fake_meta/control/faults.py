"""Faults: the catalogue, and what is switched on."""

from __future__ import annotations

from typing import Any

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json
from fake_meta.control.requests import json_object
from fake_meta.faults import CATALOGUE, Fault, SwitchedFault, scope_names
from fake_meta.faults.parameters import Parameter


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The routes /faults."""

    @blueprint.get("/faults")
    def read_faults() -> Json:
        return {
            "catalogue": [fault_json(fault) for fault in CATALOGUE],
            "on": [_switched_json(one) for one in parts.faults.switched()],
        }

    @blueprint.post("/faults")
    def switch_on() -> tuple[Json, int]:
        return _switched_json(parts.faults.switch_on(json_object(None))), 201

    @blueprint.delete("/faults")
    def switch_all_off() -> Json:
        parts.faults.clear()
        return {"on": []}

    @blueprint.delete("/faults/<fault_id>")
    def switch_off(fault_id: str) -> Json:
        return _switched_json(parts.faults.switch_off(fault_id))


def fault_json(fault: Fault) -> Json:
    """A row of the catalogue."""
    return {
        "name": fault.name,
        "seam": fault.seam,
        "summary": fault.summary,
        "section": fault.section,
        "quirks": list(fault.quirks),
        "parameters": [_parameter_json(one) for one in fault.parameters],
        "scope": list(scope_names(fault)),
    }


def _parameter_json(one: Parameter) -> Json:
    limits: dict[str, Any] = (
        {"words": list(one.words)} if one.words else {"lowest": one.lowest, "highest": one.highest}
    )
    return {"name": one.name, "meaning": one.meaning, "default": one.default, **limits}


def _switched_json(one: SwitchedFault) -> Json:
    scope = {name: getattr(one.scope, name) for name in scope_names(one.fault)}
    return {
        "id": one.id,
        "name": one.fault.name,
        "parameters": dict(one.values),
        "scope": {name: value for name, value in scope.items() if value is not None},
        "probability": one.probability,
        "times_left": one.times_left,
        "struck": one.struck,
        "is_over": one.is_over,
    }
