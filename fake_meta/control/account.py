"""The company in Instagram itself: its messages, posts, switches, and the second app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json, message_json, story_json, thread_message_json
from fake_meta.control.requests import (
    boolean,
    json_object,
    member,
    optional,
    text,
    texts,
    whole_number,
)
from fake_meta.domain.accounts import AccountType
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.threads import MessageKind, Origin
from fake_meta.world import Post, World
from fake_meta.world.routing import PASS, REQUEST, TAKE

_CALLS = {"pass": PASS, "take": TAKE, "request": REQUEST}


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """Routes under /account."""
    _add_switches(blueprint, parts.world)
    _add_messages(blueprint, parts.world)
    _add_posts(blueprint, parts.world)
    _add_threads(blueprint, parts.world)


def _add_switches(blueprint: flask.Blueprint, world: World) -> None:
    @blueprint.get("/account")
    def read_account() -> Json:
        return _account_json(world)

    @blueprint.patch("/account")
    def change_account() -> Json:
        wishes = json_object({"message_access", "default_app", "account_type", "eligible"})
        if "message_access" in wishes:
            is_on = boolean("message_access", wishes["message_access"])
            world.set_message_access(is_on=is_on)
        if "default_app" in wishes:
            world.set_default_app(optional(text)("default_app", wishes["default_app"]))
        _configure(world, wishes)
        return _account_json(world)


def _configure(world: World, wishes: Mapping[str, Any]) -> None:
    kind = wishes.get("account_type")
    account_type = None if kind is None else member(AccountType, "account_type", kind)
    eligible = boolean("eligible", wishes["eligible"]) if "eligible" in wishes else None
    world.configure_account(account_type, is_eligible=eligible)


def _add_messages(blueprint: flask.Blueprint, world: World) -> None:
    @blueprint.post("/account/messages")
    def write_as_company() -> tuple[Json, int]:
        wishes = json_object({"to", "text", "attachment", "origin"})
        if ("text" in wishes) is ("attachment" in wishes):
            raise InvalidRequestError('a message of the company is {"to", "text" or "attachment"}')
        origin = member(Origin, "origin", wishes.get("origin", Origin.INSTAGRAM))
        kind = member(MessageKind, "attachment", wishes.get("attachment", MessageKind.TEXT))
        words = text("text", wishes["text"]) if "text" in wishes else ""
        sent = world.write_as_company(text("to", wishes.get("to")), words, kind, origin)
        return message_json(sent), 201

    @blueprint.post("/account/messages/<mid>/unsend")
    def unsend_as_company(mid: str) -> Json:
        username = text("to", json_object({"to"}).get("to"))
        return thread_message_json(world.unsend_as_company(username, mid))

    @blueprint.post("/account/self-messages")
    def write_to_oneself() -> tuple[Json, int]:
        words = text("text", json_object({"text"}).get("text"))
        return message_json(world.write_to_oneself(words)), 201


def _add_posts(blueprint: flask.Blueprint, world: World) -> None:
    @blueprint.post("/account/stories")
    def publish_company_story() -> tuple[Json, int]:
        wishes = json_object({"caption", "mentions"})
        caption = text("caption", wishes["caption"]) if "caption" in wishes else ""
        mentions = texts("mentions", wishes.get("mentions", []))
        return story_json(world.publish_company_story(caption, mentions)), 201

    @blueprint.post("/account/stories/<story_id>/insights")
    def insights(story_id: str) -> Json:
        given = flask.request.get_json(silent=True) or {}
        counts = {name: whole_number(name, value) for name, value in dict(given).items()}
        return {"not_sent_because": world.story_insights(story_id, counts)}

    @blueprint.post("/account/media")
    def publish_post() -> tuple[Json, int]:
        wishes = json_object({"type", "caption"})
        kind = member(MediaType, "type", wishes.get("type", MediaType.FEED))
        caption = text("caption", wishes["caption"]) if "caption" in wishes else ""
        return _post_json(world.publish_post(kind, caption)), 201

    @blueprint.post("/account/media/<media_id>/end")
    def end_broadcast(media_id: str) -> Json:
        json_object(())
        return _post_json(world.end_broadcast(media_id))


def _add_threads(blueprint: flask.Blueprint, world: World) -> None:
    @blueprint.post("/account/threads/<username>/accept")
    def accept_request(username: str) -> Json:
        json_object(())
        return {"folder": world.accept_request(username)}

    @blueprint.post("/account/threads/<username>/second-app")
    def second_app(username: str) -> Json:
        wishes = json_object({"call", "metadata"})
        call = text("call", wishes.get("call"))
        if call not in _CALLS:
            raise InvalidRequestError(f"call must be one of {', '.join(_CALLS)}, not {call!r}")
        metadata = optional(text)("metadata", wishes.get("metadata"))
        silent = world.control_by_second_app(username, _CALLS[call], metadata)
        return {"controller": world.controller_of(username), "not_sent_because": silent}


def _account_json(world: World) -> Json:
    return {
        "message_access": world.message_access,
        "default_app": world.default_app,
        "account_type": world.account_type,
        "eligible": world.is_eligible,
        "second_app_id": world.second_app_id,
        "messenger_profile": dict(world.messenger_profile),
        "media": [_post_json(post) for post in world.posts()],
    }


def _post_json(post: Post) -> Json:
    return {
        "id": post.id,
        "type": post.type,
        "caption": post.caption,
        "url": post.url,
        "is_over": post.is_over,
    }
