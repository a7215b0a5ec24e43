"""People: create and change them, let them write, unsend and publish stories."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import flask

from fake_meta.control.company import Company, company_object, company_of
from fake_meta.control.parts import Parts
from fake_meta.control.rendering import (
    Json,
    customer_json,
    message_json,
    story_json,
    thread_message_json,
    thread_state_json,
)
from fake_meta.control.requests import (
    Parser,
    boolean,
    json_object,
    member,
    one_of,
    optional,
    parsed,
    person_name,
    text,
    texts,
    username,
    whole_number,
)
from fake_meta.domain.accounts import Customer, ProfileFault, Role
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.platforms import Platform
from fake_meta.domain.stories import MentionVariant
from fake_meta.domain.threads import Surface, ThreadMessage
from fake_meta.personas import MOST_AT_ONCE, Persona
from fake_meta.world import World

_FIELDS: Mapping[str, Parser] = {
    "username": username,
    "name": person_name,
    "igsid": text,
    "password": text,
    "role": optional(one_of(Role)),
    "role_accepted": boolean,
    "private": boolean,
    "followed_by_business": boolean,
    "follows_business": boolean,
    "profile_fault": optional(one_of(ProfileFault)),
    "blocks_business": boolean,
}
_MESSAGE_FORMS = (
    '{"text"}, {"text", "reply_to"}, {"text", "referral"}, {"attachment"}, {"attachments"}, '
    '{"reply_to_story", "text"} or {"texts"}'
)
_MESSAGE_KEYS = frozenset(
    {"text", "texts", "attachment", "attachments", "reply_to", "reply_to_story", "referral"}
)


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """Routes under /customers."""
    company = company_of(parts.world)
    _add_people(blueprint, company)
    _add_messages(blueprint, company)
    _add_stories(blueprint, company)


def _add_people(blueprint: flask.Blueprint, company: Company) -> None:
    @blueprint.post("/customers")
    def create() -> tuple[Json, int]:
        given = dict(json_object({*_FIELDS, "persona", "count"}))
        if "persona" in given or "count" in given:
            return {"customers": [customer_json(one) for one in _crowd(company(), given)]}, 201
        return customer_json(company().create_customer(parsed(given, _FIELDS))), 201

    @blueprint.get("/customers/<username>")
    def read_customer(username: str) -> Json:
        return customer_json(company().customer(username))

    @blueprint.patch("/customers/<username>")
    def change(username: str) -> Json:
        return customer_json(company().change_customer(username, _wishes()))


def _crowd(world: World, given: dict[str, Any]) -> tuple[Customer, ...]:
    from fake_meta.world_file import make_crowd
    from fake_meta.world_file.model import CrowdTable

    strange = sorted(set(given) - {"persona", "count", "role"})
    if strange:
        raise InvalidRequestError(f"persona makes many: {strange[0]} is for one customer")
    count = whole_number("count", given.get("count", 1))
    if not 1 <= count <= MOST_AT_ONCE:
        raise InvalidRequestError(f"count must be 1 to {MOST_AT_ONCE}, not {count}")
    persona = member(Persona, "persona", given.get("persona"))
    role = parsed({"role": given.get("role")}, _FIELDS)["role"]
    return make_crowd(world, CrowdTable(persona=persona, count=count, role=role))


def _add_messages(blueprint: flask.Blueprint, company: Company) -> None:
    @blueprint.post("/customers/<username>/messages")
    def write(username: str) -> tuple[Json, int]:
        wishes = company_object(_MESSAGE_KEYS)
        if set(wishes) == {"texts"}:
            sent = company().send_texts(username, texts("texts", wishes["texts"]))
            return {"messages": [message_json(message) for message in sent]}, 201
        return message_json(_write_one(company(), username, wishes)), 201

    @blueprint.post("/customers/<username>/messages/<mid>/unsend")
    def unsend(username: str, mid: str) -> Json:
        surface = company_object({"surface"}).get("surface")
        if surface is None and company().platform is Platform.MESSENGER:
            surface = Surface.WEB  # a deletion on Messenger is told to nobody, wherever it happens
        message = company().unsend(username, mid, member(Surface, "surface", surface))
        return thread_message_json(message)

    @blueprint.get("/customers/<username>/thread")
    def thread(username: str) -> Json:
        return {
            "messages": [thread_message_json(one) for one in company().thread_of(username)],
            "state": thread_state_json(company().thread_state(username)),
        }


def _add_stories(blueprint: flask.Blueprint, company: Company) -> None:
    @blueprint.post("/customers/<username>/stories")
    def publish_story(username: str) -> tuple[Json, int]:
        wishes = company_object({"mentions", "caption", "variant"})
        mentions = texts("mentions", wishes.get("mentions", []))
        caption = wishes.get("caption") or ""
        if not isinstance(caption, str):
            raise InvalidRequestError(f"caption must be a text, not {caption!r}")
        variant = member(MentionVariant, "variant", wishes.get("variant", MentionVariant.PLAIN))
        return story_json(company().publish_story(username, mentions, caption, variant)), 201

    @blueprint.get("/customers/<username>/stories")
    def stories(username: str) -> Json:
        return {"stories": [story_json(story) for story in company().stories_of(username)]}

    @blueprint.post("/customers/<username>/stories/<story_id>/expire")
    def expire(username: str, story_id: str) -> Json:
        company().expire_story(username, story_id)
        return {"success": True}

    @blueprint.delete("/customers/<username>/stories/<story_id>")
    def delete(username: str, story_id: str) -> Json:
        company().delete_story(username, story_id)
        return {"success": True}


def _wishes() -> Mapping[str, Any]:
    return parsed(company_object(_FIELDS), _FIELDS)


def _write_one(world: World, username: str, wishes: Mapping[str, Any]) -> ThreadMessage:
    write = _WAYS.get(frozenset(wishes))
    if write is None:
        given = ", ".join(sorted(wishes))
        raise InvalidRequestError(f"a message is {_MESSAGE_FORMS}, not {{{given}}}")
    return write(world, username, wishes)


def _say(world: World, username: str, wishes: Mapping[str, Any]) -> ThreadMessage:
    return world.send_text(username, text("text", wishes["text"]))


def _reply(world: World, username: str, wishes: Mapping[str, Any]) -> ThreadMessage:
    mid = text("reply_to", wishes["reply_to"])
    return world.send_reply(username, text("text", wishes["text"]), mid)


def _refer(world: World, username: str, wishes: Mapping[str, Any]) -> ThreadMessage:
    referral = wishes["referral"]
    if not isinstance(referral, dict) or not referral:
        raise InvalidRequestError(f"referral must be an object with keys, not {referral!r}")
    return world.send_from_advertisement(username, text("text", wishes["text"]), referral)


def _attach(world: World, username: str, wishes: Mapping[str, Any]) -> ThreadMessage:
    return world.send_media(username, text("attachment", wishes["attachment"]))


def _attach_several(world: World, username: str, wishes: Mapping[str, Any]) -> ThreadMessage:
    return world.send_attachments(username, texts("attachments", wishes["attachments"]))


def _reply_to_story(world: World, username: str, wishes: Mapping[str, Any]) -> ThreadMessage:
    story_id = text("reply_to_story", wishes["reply_to_story"])
    return world.reply_to_story(username, story_id, text("text", wishes["text"]))


_WAYS: Mapping[frozenset[str], Callable[[World, str, Mapping[str, Any]], ThreadMessage]] = {
    frozenset({"text"}): _say,
    frozenset({"text", "reply_to"}): _reply,
    frozenset({"text", "referral"}): _refer,
    frozenset({"attachment"}): _attach,
    frozenset({"attachments"}): _attach_several,
    frozenset({"text", "reply_to_story"}): _reply_to_story,
}
