"""The Conversations API: lists of conversations, one of them, its messages.

Source: meta-contract §5.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fake_meta.domain.field_syntax import Field
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Flavour
from fake_meta.domain.pages import Page, Span
from fake_meta.domain.platforms import Platform
from fake_meta.domain.tokens import TokenKind
from fake_meta.graph_api import metering
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import asked_of, chosen, plain
from fake_meta.graph_api.message_nodes import (
    DEFAULT_FIELDS,
    Person,
    iso_time,
    people,
    person_in,
    show_message,
)
from fake_meta.graph_api.paging import Edge, Parameters, edge_of
from fake_meta.graph_api.scopes import check, reading
from fake_meta.world import Conversation, World

NODE = "UnifiedThread"
EDGE = "conversations"
PLATFORMS = tuple(Platform)
_DEFAULTS = plain(("id", "updated_time"))
_LISTED_FIELDS = {
    Flavour.FACEBOOK: DEFAULT_FIELDS,
    Flavour.INSTAGRAM: plain(("id", "created_time", "is_unsupported")),
}
_NOT_ON_INSTAGRAM = (
    "can_reply", "folder", "former_participants", "link", "message_count", "name",
    "scoped_thread_key", "senders", "snippet", "subject", "unread_count", "wallpaper",
)  # fmt: skip
_IN_REQUESTS = {"inbox": False, "pending": True, "other": True}
_EMPTY_FOLDERS = ("page_done", "spam")


def list_conversations(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /{page-id}/conversations?platform=instagram`."""
    body = _conversations(context.world, call, edge_of(call, *call.path), asked_of(call))
    return Answer(body, customer=_asked_customer(context.world, call), event="conversations")


def nested_conversations(world: World, call: GraphCall, owner: str, field: Field) -> dict[str, Any]:
    """The same edge as a field of its owner: `fields=conversations.platform(instagram){id}`."""
    if call.bearer.kind is TokenKind.USER:
        raise GraphCallError(GraphError.PAGE_TOKEN_REQUIRED)
    edge = edge_of(call, owner, EDGE, parameters=field.as_parameters())
    world = world.on(platform_of(edge.parameters, edge.flavour))
    check(call, reading(world.platform))
    return _conversations(world, call, edge, field.fields)


def read_conversation(context: GraphContext, call: GraphCall, thread: Conversation) -> Answer:
    """`GET /{conversation-id}`."""
    body = _show(context.world, call, thread, asked_of(call))
    return Answer(body, customer=thread.customer.username, event="conversation_read")


def list_messages(context: GraphContext, call: GraphCall, thread: Conversation) -> Answer:
    """`GET /{conversation-id}/messages`."""
    body = _messages(context.world, thread, edge_of(call, *call.path), asked_of(call))
    mids = tuple(one["id"] for one in body["data"])
    customer = thread.customer.username
    return Answer(body, customer=customer, mids=mids, event="conversation_read")


def _conversations(
    world: World, call: GraphCall, edge: Edge, asked: Sequence[Field]
) -> dict[str, Any]:
    metering.count_conversations_call(world)
    page = _page(world, edge)
    return edge.render(page, lambda thread: _show(world, call, thread, asked))


def _page(world: World, edge: Edge) -> Page[Conversation]:
    parameters = edge.parameters
    span, folder = edge.span(), parameters.get("folder") or ""
    if world.choices.conversation_folder == "ignored":
        folder = ""
    if folder:
        folder = _one_of(folder, (*_IN_REQUESTS, *_EMPTY_FOLDERS), "folder")
    if folder in _EMPTY_FOLDERS:
        return Page(())
    in_requests, person_id = _IN_REQUESTS.get(folder), parameters.get("user_id")
    if person_id:
        return world.conversation_with(str(person_id), span, in_requests=in_requests)
    return world.conversations(span, in_requests=in_requests)


def platform_of(parameters: Parameters, flavour: Flavour) -> Platform:
    """The Page has two inboxes, Messenger's by default; Instagram Login has one."""
    if flavour is Flavour.INSTAGRAM:
        wanted = _one_of(parameters.get("platform") or PLATFORMS[0], PLATFORMS, "platform")
    else:
        wanted = _one_of(parameters.get("platform") or PLATFORMS[1], PLATFORMS, "platform")
    return Platform(wanted)


def _show(
    world: World, call: GraphCall, thread: Conversation, asked: Sequence[Field]
) -> dict[str, Any]:
    available = {
        **dict.fromkeys(_NOT_ON_INSTAGRAM, ...),
        "id": thread.id,
        "updated_time": iso_time(thread.updated_ms),
        "participants": people(*_participants(world, thread)),
        "messages": lambda field: _nested_messages(world, call, thread, field),
        "is_owner": thread.is_owner,
    }
    if world.platform is Platform.MESSENGER:
        available |= _on_messenger(world, thread)
    return chosen(NODE, available, asked or _DEFAULTS)


def _on_messenger(world: World, thread: Conversation) -> dict[str, Any]:
    """What Messenger's threads tell beside that."""
    return {
        "can_reply": thread.can_reply,
        "link": f"/{world.page.id}/inbox/{thread.id.removeprefix('t_')}/",
        "message_count": thread.message_count,
        "scoped_thread_key": thread.id,
        "senders": people(*_participants(world, thread)),
        "snippet": lambda _field: _newest_text(world, thread),
        "unread_count": thread.unread_count,
    }


def _newest_text(world: World, thread: Conversation) -> Any:
    page = world.messages_of(thread.id, Span(limit=1))
    return page.items[0].item.message.text if page.items else ...


def _participants(world: World, thread: Conversation) -> tuple[Person, Person]:
    """The company first on Instagram, the person first on Messenger."""
    company, customer = person_in(world, world.account), person_in(world, thread.customer)
    return (customer, company) if world.platform is Platform.MESSENGER else (company, customer)


def _nested_messages(
    world: World, call: GraphCall, thread: Conversation, field: Field
) -> dict[str, Any]:
    edge = edge_of(call, thread.id, "messages", parameters=field.as_parameters())
    return _messages(world, thread, edge, field.fields)


def _messages(
    world: World, thread: Conversation, edge: Edge, asked: Sequence[Field]
) -> dict[str, Any]:
    page = world.messages_of(thread.id, edge.span())
    shown = asked or _LISTED_FIELDS[edge.flavour]
    return edge.render(page, lambda one: show_message(world, one, shown))


def _one_of(value: object, known: Sequence[str], parameter: str) -> str:
    name = str(value).strip().lower()
    if name not in known:
        listed = ", ".join(one.upper() for one in known)
        detail = f"Param {parameter} must be one of {{{listed}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return name


def _asked_customer(world: World, call: GraphCall) -> str | None:
    person_id = call.text("user_id")
    return None if person_id is None else world.username_of(person_id)
