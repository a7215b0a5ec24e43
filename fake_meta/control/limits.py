"""Rate limits: what they allow, who used how much, and the switch that lets them bite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json
from fake_meta.control.requests import boolean, json_object, member, short, whole_number
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.rate_limits import LIMITS, LimitName, LimitRules
from fake_meta.world import World

_SIZES = ("app_users", "engaged_users", "impressions")


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The routes /limits."""

    @blueprint.get("/limits")
    def read_limits() -> Json:
        return _limits_json(parts.world)

    @blueprint.patch("/limits")
    def change_limits() -> Json:
        wishes = json_object({"enforced", "limits", *_SIZES})
        parts.world.set_limit_rules(_changed(parts.world.limit_rules, wishes))
        return _limits_json(parts.world)


def _changed(rules: LimitRules, wishes: Mapping[str, Any]) -> LimitRules:
    changes: dict[str, Any] = {
        name: _count(name, wishes[name]) for name in _SIZES if name in wishes
    }
    if "enforced" in wishes:
        changes["enforced"] = boolean("enforced", wishes["enforced"])
    if "limits" in wishes:
        changes["overrides"] = _overrides(rules, wishes["limits"])
    return replace(rules, **changes)


def _overrides(rules: LimitRules, value: Any) -> dict[LimitName, int]:
    """Numbers in place of formulas; null brings the formula back."""
    if not isinstance(value, dict):
        raise InvalidRequestError(f"limits must be an object of numbers, not {short(value)}")
    overrides = dict(rules.overrides)
    for key, most in value.items():
        name = member(LimitName, "a name of limits", key)
        overrides.pop(name, None)
        if most is not None:
            overrides[name] = _count(f"limits[{name}]", most)
    return overrides


def _count(name: str, value: Any) -> int:
    number = whole_number(name, value)
    if number < 0:
        raise InvalidRequestError(f"{name} must be at least 0, not {number}")
    return number


def _limits_json(world: World) -> Json:
    rules = world.limit_rules
    return {
        "enforced": rules.enforced,
        **{name: getattr(rules, name) for name in _SIZES},
        "limits": [
            {
                "name": one.name,
                "window_s": LIMITS[one.name].window_ms // 1000,
                "most": one.most,
                "code": LIMITS[one.name].error.value.code,
                "subcode": LIMITS[one.name].error.value.subcode,
                "used": dict(one.used),
            }
            for one in world.limits()
        ],
    }
