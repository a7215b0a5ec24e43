"""Messages as the Graph API shows them (meta-contract §5.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from fake_meta.domain.accounts import Customer, InstagramAccount
from fake_meta.domain.field_syntax import Field
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import (
    SHARE_KINDS,
    MessageKind,
    Sender,
    ThreadMessage,
)
from fake_meta.graph_api.attached import attachments_of
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import asked_of, chosen, plain
from fake_meta.world import MessageDetail, World

DEFAULT_FIELDS = plain(("id", "created_time"))
NODE = "Message"
Person = Callable[[Field], dict[str, Any]]
"""How somebody in a thread is shown for what was asked of them."""

_PERSON_FIELDS = plain(("username", "id"))
_MESSENGER_FIELDS = plain(("name", "email", "id"))
_RELATIONS = plain(("mention", "reply_to"))
_NOT_ON_INSTAGRAM = dict.fromkeys(("name", "email", "profile_pic"), ...)


def read_message(context: GraphContext, call: GraphCall, detail: MessageDetail) -> Answer:
    """`GET /{mid}`."""
    body = show_message(context.world, detail, asked_of(call) or DEFAULT_FIELDS)
    mids = (detail.message.mid,)
    return Answer(body, customer=detail.customer.username, mids=mids, event="message_read")


def show_message(world: World, detail: MessageDetail, asked: Sequence[Field]) -> dict[str, Any]:
    """The asked fields of a message; of an old one only what a list shows anyway."""
    available = _fields(world, detail)
    if detail.is_recent:
        return chosen(NODE, available, asked)
    unreadable = {**dict.fromkeys(available, ...), "id": available["id"]}
    return chosen(NODE, {**unreadable, "created_time": available["created_time"]}, asked)


def person(username: str, person_id: str) -> Person:
    """Somebody in a thread; Messenger's name and email are known but absent on Instagram."""
    available = {**_NOT_ON_INSTAGRAM, "username": username, "id": person_id}
    return lambda field: chosen("User", available, field.fields or _PERSON_FIELDS)


def person_in(world: World, who: Customer | InstagramAccount) -> Person:
    """Somebody in a thread as the inbox shows them: on Messenger by name and email (§5.4)."""
    person_id: str = who.igsid if isinstance(who, Customer) else who.id
    if world.platform is not Platform.MESSENGER:
        return person(who.username, person_id)
    available = {
        "username": ...,
        "profile_pic": ...,
        "name": who.name,
        "email": f"{person_id}@facebook.com",
        "id": person_id,
    }
    return lambda field: chosen("User", available, field.fields or _MESSENGER_FIELDS)


def people(*shown: Person) -> Person:
    """Several people as a list."""
    return lambda field: {"data": [show(field) for show in shown]}


def iso_time(timestamp_ms: int) -> str:
    """Graph's form of a time, for example 2026-02-11T19:11:07+0000."""
    return datetime.fromtimestamp(timestamp_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def _fields(world: World, detail: MessageDetail) -> dict[str, Any]:
    message = detail.message
    customer, company = person_in(world, detail.customer), person_in(world, world.account)
    by_customer = message.sender is Sender.CUSTOMER
    return {
        "id": message.mid,
        "created_time": iso_time(message.timestamp_ms),
        "from": customer if by_customer else company,
        "to": people(company if by_customer else customer),
        "message": message.text,
        "attachments": lambda field: attachments_of(world, message, field),
        "story": partial(_story, detail),
        "shares": _shares(message),
        "reactions": _reactions(message, {Sender.CUSTOMER: customer, Sender.BUSINESS: company}),
        "reply_to": ... if message.reply_to is None else {"mid": message.reply_to},
        "is_unsupported": message.kind is MessageKind.UNSUPPORTED,
        "tags": ...,
    }


def _shares(message: ThreadMessage) -> Any:
    links = [{"link": one.url} for one in message.attachments if one.type in SHARE_KINDS]
    return {"data": links} if links else ...


def _reactions(message: ThreadMessage, by: Mapping[Sender, Person]) -> Any:
    """One row a reaction, with those who chose it."""
    if not message.reactions:
        return ...
    who: dict[str, list[Any]] = {}
    for one in message.reactions:
        who.setdefault(one.reaction, []).append(by[one.sender](Field("users")))
    return {"data": [{"reaction": reaction, "users": users} for reaction, users in who.items()]}


def _story(detail: MessageDetail, field: Field) -> Any:
    if detail.story_id is None:
        return ...
    relation = "mention" if detail.message.kind is MessageKind.STORY_MENTION else "reply_to"
    story = {"link": detail.message.url, "id": detail.story_id}
    available = {"mention": ..., "reply_to": ..., relation: story}
    return chosen("MessageStory", available, field.fields or _RELATIONS)
