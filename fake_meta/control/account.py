"""The company in Instagram itself: its messages, posts, switches, and the second app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from fake_meta.control.company import Company, company_object, company_of
from fake_meta.control.parts import Parts
from fake_meta.control.rendering import (
    Json,
    company_json,
    message_json,
    story_json,
    thread_message_json,
)
from fake_meta.control.requests import (
    boolean,
    json_object,
    member,
    optional,
    parsed,
    text,
    texts,
    username,
    whole_number,
)
from fake_meta.domain.accounts import AccountType
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.threads import MessageKind, Origin
from fake_meta.world import Post, World
from fake_meta.world.routing import PASS, REQUEST, TAKE

_SWITCHES = ("message_access", "default_app", "account_type", "eligible", "of_a_business")
_CALLS = {"pass": PASS, "take": TAKE, "request": REQUEST}


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """Routes under /account."""
    company = company_of(parts.world)
    _add_companies(blueprint, parts.world)
    _add_switches(blueprint, company)
    _add_messages(blueprint, company)
    _add_posts(blueprint, company)
    _add_threads(blueprint, company)


def _add_switches(blueprint: flask.Blueprint, company: Company) -> None:
    @blueprint.get("/account")
    def read_account() -> Json:
        return _account_json(company())

    @blueprint.patch("/account")
    def change_account() -> Json:
        wishes = company_object(_SWITCHES)
        if "message_access" in wishes:
            is_on = boolean("message_access", wishes["message_access"])
            company().set_message_access(is_on=is_on)
        if "default_app" in wishes:
            company().set_default_app(optional(text)("default_app", wishes["default_app"]))
        _configure(company(), wishes)
        return _account_json(company())


def _configure(world: World, wishes: Mapping[str, Any]) -> None:
    kind = wishes.get("account_type")
    account_type = None if kind is None else member(AccountType, "account_type", kind)
    eligible = boolean("eligible", wishes["eligible"]) if "eligible" in wishes else None
    owned = boolean("of_a_business", wishes["of_a_business"]) if "of_a_business" in wishes else None
    world.configure_account(account_type, is_eligible=eligible, is_of_a_business=owned)


def _add_companies(blueprint: flask.Blueprint, world: World) -> None:
    @blueprint.post("/accounts")
    def create_company() -> tuple[Json, int]:
        wishes = json_object({"username", "name"})
        given = parsed(wishes, {"username": username, "name": text})
        made = world.create_company(given.get("username"), given.get("name"))
        return company_json(world.at(made.id)), 201


def _add_messages(blueprint: flask.Blueprint, company: Company) -> None:
    @blueprint.post("/account/messages")
    def write_as_company() -> tuple[Json, int]:
        wishes = company_object({"to", "text", "attachment", "origin"})
        if ("text" in wishes) is ("attachment" in wishes):
            raise InvalidRequestError('a message of the company is {"to", "text" or "attachment"}')
        origin = member(Origin, "origin", wishes.get("origin", Origin.INSTAGRAM))
        kind = member(MessageKind, "attachment", wishes.get("attachment", MessageKind.TEXT))
        words = text("text", wishes["text"]) if "text" in wishes else ""
        sent = company().write_as_company(text("to", wishes.get("to")), words, kind, origin)
        return message_json(sent), 201

    @blueprint.post("/account/messages/<mid>/unsend")
    def unsend_as_company(mid: str) -> Json:
        to = text("to", company_object({"to"}).get("to"))
        return thread_message_json(company().unsend_as_company(to, mid))

    @blueprint.post("/account/self-messages")
    def write_to_oneself() -> tuple[Json, int]:
        words = text("text", company_object({"text"}).get("text"))
        return message_json(company().write_to_oneself(words)), 201


def _add_posts(blueprint: flask.Blueprint, company: Company) -> None:
    @blueprint.post("/account/stories")
    def publish_company_story() -> tuple[Json, int]:
        wishes = company_object({"caption", "mentions"})
        caption = text("caption", wishes["caption"]) if "caption" in wishes else ""
        mentions = texts("mentions", wishes.get("mentions", []))
        return story_json(company().publish_company_story(caption, mentions)), 201

    @blueprint.post("/account/stories/<story_id>/insights")
    def insights(story_id: str) -> Json:
        given = company_object(None)
        counts = {name: whole_number(name, value) for name, value in dict(given).items()}
        return {"not_sent_because": company().story_insights(story_id, counts)}

    @blueprint.post("/account/media")
    def publish_post() -> tuple[Json, int]:
        wishes = company_object({"type", "caption"})
        kind = member(MediaType, "type", wishes.get("type", MediaType.FEED))
        caption = text("caption", wishes["caption"]) if "caption" in wishes else ""
        return _post_json(company().publish_post(kind, caption)), 201

    @blueprint.post("/account/media/<media_id>/end")
    def end_broadcast(media_id: str) -> Json:
        company_object(())
        return _post_json(company().end_broadcast(media_id))


def _add_threads(blueprint: flask.Blueprint, company: Company) -> None:
    @blueprint.post("/account/threads/<username>/accept")
    def accept_request(username: str) -> Json:
        company_object(())
        return {"folder": company().accept_request(username)}

    @blueprint.post("/account/threads/<username>/second-app")
    def second_app(username: str) -> Json:
        wishes = company_object({"call", "metadata"})
        call = text("call", wishes.get("call"))
        if call not in _CALLS:
            raise InvalidRequestError(f"call must be one of {', '.join(_CALLS)}, not {call!r}")
        metadata = optional(text)("metadata", wishes.get("metadata"))
        silent = company().control_by_second_app(username, _CALLS[call], metadata)
        return {"controller": company().controller_of(username), "not_sent_because": silent}


def _account_json(world: World) -> Json:
    return {
        "message_access": world.message_access,
        "default_app": world.default_app,
        "account_type": world.account_type,
        "eligible": world.is_eligible,
        "of_a_business": world.is_of_a_business,
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
