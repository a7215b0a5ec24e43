"""What customers do beside writing: react, see, tap, edit, follow links, comment, mention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from fake_meta.control.company import Company, company_object, company_of
from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json, message_json, thread_message_json
from fake_meta.control.requests import boolean, text
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.platforms import Platform
from fake_meta.domain.reactions import EMOJIS, reaction_named
from fake_meta.domain.threads import Reaction, Sender


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """Routes under /customers/{username}."""
    company = company_of(parts.world)
    _add_on_messages(blueprint, company)
    _add_on_thread(blueprint, company)
    _add_opt_ins(blueprint, company_of(parts.world, Platform.MESSENGER))
    _add_on_posts(blueprint, company)


def _add_on_messages(blueprint: flask.Blueprint, company: Company) -> None:
    at = "/customers/<username>/messages/<mid>"

    @blueprint.post(f"{at}/reaction")
    def react(username: str, mid: str) -> Json:
        wishes = company_object({"reaction"})
        reaction = _reaction(wishes.get("reaction", "love"))
        return thread_message_json(company().react(username, mid, reaction))

    @blueprint.delete(f"{at}/reaction")
    def unreact(username: str, mid: str) -> Json:
        return thread_message_json(company().unreact(username, mid))

    @blueprint.post(f"{at}/tap")
    def tap(username: str, mid: str) -> tuple[Json, int]:
        wishes = company_object({"quick_reply", "button"})
        if set(wishes) == {"quick_reply"}:
            wanted = text("quick_reply", wishes["quick_reply"])
            return message_json(company().tap_quick_reply(username, mid, wanted)), 201
        if set(wishes) == {"button"}:
            wanted = text("button", wishes["button"])
            return message_json(company().tap_button(username, mid, wanted)), 201
        raise InvalidRequestError('a tap is {"quick_reply"} or {"button"}: a payload or a title')

    @blueprint.post(f"{at}/edit")
    def edit(username: str, mid: str) -> Json:
        wishes = company_object({"text"})
        return thread_message_json(company().edit(username, mid, text("text", wishes.get("text"))))

    @blueprint.post(f"{at}/ghost-edit")
    def ghost_edit(username: str, mid: str) -> Json:
        company_object(())
        company().ghost_edit(username, mid)
        return {"success": True}


def _add_on_thread(blueprint: flask.Blueprint, company: Company) -> None:
    @blueprint.post("/customers/<username>/seen")
    def see(username: str) -> Json:
        company_object(())
        return {"mid": company().see(username)}

    @blueprint.post("/customers/<username>/accept")
    def accept(username: str) -> Json:
        company_object(())
        company().accept_company(username)
        return {"success": True}

    @blueprint.post("/customers/<username>/postbacks")
    def tap_greeting(username: str) -> tuple[Json, int]:
        title = text("title", company_object({"title"}).get("title"))
        return message_json(company().tap_greeting(username, title)), 201

    @blueprint.post("/customers/<username>/referrals")
    def open_link(username: str) -> Json:
        wishes = company_object({"ref", "source", "type"})
        given = {key: value for key, value in wishes.items() if value is not None}
        company().open_link(username, {**given, "ref": text("ref", wishes.get("ref"))})
        return {"success": True}


def _add_opt_ins(blueprint: flask.Blueprint, on_messenger: Company) -> None:
    @blueprint.post("/customers/<username>/opt-ins")
    def opt_in(username: str) -> tuple[Json, int]:
        wishes = company_object({"user_ref", "ref"})
        ref = text("ref", wishes["ref"]) if "ref" in wishes else ""
        user_ref = text("user_ref", wishes.get("user_ref"))
        page = on_messenger()
        if page.platform is not Platform.MESSENGER:
            raise InvalidRequestError("there are no checkboxes on Instagram: platform is messenger")
        return {"not_sent_because": page.opt_in(username, user_ref, ref)}, 201


def _add_on_posts(blueprint: flask.Blueprint, company: Company) -> None:
    @blueprint.post("/customers/<username>/comments")
    def comment(username: str) -> tuple[Json, int]:
        wishes = company_object({"media", "text", "parent"})
        parent = None if wishes.get("parent") is None else text("parent", wishes["parent"])
        media = None if wishes.get("media") is None else text("media", wishes["media"])
        words = text("text", wishes.get("text"))
        made, silent = company().comment(username, media, words, parent)
        return {"id": made.id, "not_sent_because": silent}, 201

    @blueprint.post("/customers/<username>/mentions")
    def mention(username: str) -> tuple[Json, int]:
        wishes: Mapping[str, Any] = company_object({"in_comment"})
        in_comment = boolean("in_comment", wishes.get("in_comment", False))
        value, silent = company().mention(username, in_comment=in_comment)
        return {**value, "not_sent_because": silent}, 201


def _reaction(wanted: Any) -> Reaction:
    reaction = reaction_named(Sender.CUSTOMER, text("reaction", wanted))
    if reaction is None:
        known = ", ".join(EMOJIS)
        raise InvalidRequestError(f"reaction must be one of {known} or an emoji, not {wanted!r}")
    return reaction
