"""Health, the world as a whole, the app's mode and access levels."""

from __future__ import annotations

from typing import Any

import flask

from fake_meta.control.logins import login_json
from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json, world_json
from fake_meta.control.requests import boolean, json_object, member, short, whole_number
from fake_meta.domain.accounts import AccessLevel, AppMode, Permission
from fake_meta.domain.errors import InvalidRequestError


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """Routes about everything at once."""

    @blueprint.get("/health")
    def health() -> Json:
        return {"status": "ok"}

    @blueprint.get("/world")
    def world() -> Json:
        return {**world_json(parts.world), "login": login_json(parts.world)}

    @blueprint.post("/reset")
    def reset() -> Json:
        wishes = json_object({"seed", "keep_subscriptions"})
        seed = whole_number("seed", wishes["seed"]) if "seed" in wishes else None
        keep = boolean("keep_subscriptions", wishes.get("keep_subscriptions", False))
        parts.courier.drop_pending()
        parts.courier.real_clock()
        if parts.world_file is None or seed is not None or keep:
            parts.world.reset(seed, keep_subscriptions=keep)
        else:
            from fake_meta.world_file import build

            build(parts.world_file, parts.world, parts.clock, parts.journal)
        parts.journal.clear()
        parts.faults.clear(parts.world.seed)
        return world()

    @blueprint.patch("/app")
    def configure() -> Json:
        wishes = json_object({"mode", "access", "human_agent"})
        if "human_agent" in wishes:
            is_granted = boolean("human_agent", wishes["human_agent"])
            parts.world.grant_human_agent(is_granted=is_granted)
        mode = member(AppMode, "mode", wishes["mode"]) if "mode" in wishes else None
        parts.world.configure_app(mode, _access(wishes.get("access", {})))
        return {"app": world_json(parts.world)["app"]}


def _access(value: Any) -> dict[Permission, AccessLevel]:
    if not isinstance(value, dict):
        raise InvalidRequestError(f"access must be an object of permissions, not {short(value)}")
    return {
        member(Permission, "a permission of access", name): member(
            AccessLevel, f"access[{name}]", level
        )
        for name, level in value.items()
    }
