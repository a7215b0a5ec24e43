"""What customers do beside writing: react, see, tap, edit, follow links, comment, mention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json, message_json, thread_message_json
from fake_meta.control.requests import boolean, json_object, text
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.reactions import EMOJIS, reaction_named
from fake_meta.domain.threads import Reaction, Sender
from fake_meta.world import World

_LINK = {"source": "SHORTLINK", "type": "OPEN_THREAD"}


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """Routes under /customers/{username}."""
    _add_on_messages(blueprint, parts.world)
    _add_on_thread(blueprint, parts.world)
    _add_on_posts(blueprint, parts.world)


def _add_on_messages(blueprint: flask.Blueprint, world: World) -> None:
    at = "/customers/<username>/messages/<mid>"

    @blueprint.post(f"{at}/reaction")
    def react(username: str, mid: str) -> Json:
        wishes = json_object({"reaction"})
        reaction = _reaction(wishes.get("reaction", "love"))
        return thread_message_json(world.react(username, mid, reaction))

    @blueprint.delete(f"{at}/reaction")
    def unreact(username: str, mid: str) -> Json:
        return thread_message_json(world.unreact(username, mid))

    @blueprint.post(f"{at}/tap")
    def tap(username: str, mid: str) -> tuple[Json, int]:
        wishes = json_object({"quick_reply", "button"})
        if set(wishes) == {"quick_reply"}:
            wanted = text("quick_reply", wishes["quick_reply"])
            return message_json(world.tap_quick_reply(username, mid, wanted)), 201
        if set(wishes) == {"button"}:
            wanted = text("button", wishes["button"])
            return message_json(world.tap_button(username, mid, wanted)), 201
        raise InvalidRequestError('a tap is {"quick_reply"} or {"button"}: a payload or a title')

    @blueprint.post(f"{at}/edit")
    def edit(username: str, mid: str) -> Json:
        wishes = json_object({"text"})
        return thread_message_json(world.edit(username, mid, text("text", wishes.get("text"))))

    @blueprint.post(f"{at}/ghost-edit")
    def ghost_edit(username: str, mid: str) -> Json:
        json_object(())
        world.ghost_edit(username, mid)
        return {"success": True}


def _add_on_thread(blueprint: flask.Blueprint, world: World) -> None:
    @blueprint.post("/customers/<username>/seen")
    def see(username: str) -> Json:
        json_object(())
        return {"mid": world.see(username)}

    @blueprint.post("/customers/<username>/accept")
    def accept(username: str) -> Json:
        json_object(())
        world.accept_company(username)
        return {"success": True}

    @blueprint.post("/customers/<username>/postbacks")
    def tap_greeting(username: str) -> tuple[Json, int]:
        title = text("title", json_object({"title"}).get("title"))
        return message_json(world.tap_greeting(username, title)), 201

    @blueprint.post("/customers/<username>/referrals")
    def open_link(username: str) -> Json:
        wishes = json_object({"ref", "source", "type"})
        referral = {"ref": text("ref", wishes.get("ref")), **_LINK, **wishes}
        world.open_link(username, {key: referral[key] for key in ("ref", "source", "type")})
        return {"success": True}


def _add_on_posts(blueprint: flask.Blueprint, world: World) -> None:
    @blueprint.post("/customers/<username>/comments")
    def comment(username: str) -> tuple[Json, int]:
        wishes = json_object({"media", "text", "parent"})
        parent = None if wishes.get("parent") is None else text("parent", wishes["parent"])
        media, words = text("media", wishes.get("media")), text("text", wishes.get("text"))
        made, silent = world.comment(username, media, words, parent)
        return {"id": made.id, "not_sent_because": silent}, 201

    @blueprint.post("/customers/<username>/mentions")
    def mention(username: str) -> tuple[Json, int]:
        wishes: Mapping[str, Any] = json_object({"in_comment"})
        in_comment = boolean("in_comment", wishes.get("in_comment", False))
        value, silent = world.mention(username, in_comment=in_comment)
        return {**value, "not_sent_because": silent}, 201


def _reaction(wanted: Any) -> Reaction:
    reaction = reaction_named(Sender.CUSTOMER, text("reaction", wanted))
    if reaction is None:
        known = ", ".join(EMOJIS)
        raise InvalidRequestError(f"reaction must be one of {known} or an emoji, not {wanted!r}")
    return reaction
