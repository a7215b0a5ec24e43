"""Reads of the Page, the Instagram account and the app (meta-contract §5.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.field_syntax import Field
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.pages import Placed, page_of
from fake_meta.domain.tokens import TokenKind
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.conversations import nested_conversations
from fake_meta.graph_api.fields import asked_of, chosen, plain, selected
from fake_meta.graph_api.paging import Edge, edge_of
from fake_meta.graph_api.scopes import ACCOUNT, check, is_granted
from fake_meta.world import World

ACCOUNT_NODE = "IGUser"
PAGE_NODE = "Page"
SHOW_LIST = "pages_show_list"
BUSINESS = "business_management"
CATEGORY = "Business"
CATEGORY_ID = "2200"
TASKS = ("ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE")
_ONLY_ID = plain(("id",))
_LISTED = plain(("access_token", "category", "category_list", "name", "id", "tasks"))


def read_page(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /{page-id}` and `GET /me` with the Page token."""
    page_id = context.world.page.id
    if not call.bearer.sees(page_id):
        raise GraphCallError(GraphError.MISSING_GET, id=page_id)
    return Answer(selected(call, PAGE_NODE, page_fields(context.world, call), ("name", "id")))


def list_pages(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /me/accounts` with a user token: empty without pages_show_list (§6.6)."""
    return Answer(_pages(context.world, call, edge_of(call, *call.path), asked_of(call)))


def nested_pages(world: World, call: GraphCall, field: Field) -> dict[str, Any]:
    """The same edge as a field of the person: `me?fields=accounts{name}`."""
    edge = edge_of(call, "me", "accounts", parameters=field.as_parameters())
    return _pages(world, call, edge, field.fields)


def read_account(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /{ig-id}`: needs instagram_basic."""
    world = context.world
    check(call, ACCOUNT)
    if not _is_linked(world, call):
        raise GraphCallError(GraphError.PERMISSION_MISSING)
    return Answer(selected(call, ACCOUNT_NODE, account_fields(world), ("id",)))


def read_app(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /{app-id}`."""
    app = context.world.app
    available = {"id": app.id, "name": app.name, "link": ..., "category": CATEGORY}
    return Answer(selected(call, "Application", available, ("name", "id")))


def page_fields(world: World, call: GraphCall) -> dict[str, Any]:
    """What can be asked of the Page; without instagram_basic its account is absent."""
    page = world.page
    account = _linked_account(world) if _is_linked(world, call) else ...
    return {
        "id": page.id,
        "name": page.name,
        "access_token": lambda _field: _page_token(world, call),
        "category": CATEGORY,
        "category_list": [{"id": CATEGORY_ID, "name": CATEGORY}],
        "tasks": list(TASKS),
        "instagram_business_account": account,
        "connected_instagram_account": account,
        "conversations": lambda field: nested_conversations(world, call, page.id, field),
        "link": ...,
        "username": ...,
    }


def account_fields(world: World) -> dict[str, Any]:
    """What can be asked of the Instagram account."""
    account = world.account
    return {
        "id": account.id,
        "username": account.username,
        "name": account.name,
        "profile_picture_url": world.company_picture_url(),
        "followers_count": lambda _field: world.followers_count,
        "follows_count": lambda _field: world.follows_count,
        "biography": "",
        "website": ...,
    }


def _linked_account(world: World) -> Callable[[Field], dict[str, Any]]:
    return lambda field: chosen(ACCOUNT_NODE, account_fields(world), field.fields or _ONLY_ID)


def _is_linked(world: World, call: GraphCall) -> bool:
    allowed = world.app.access[Permission.BASIC] is not AccessLevel.NONE
    return allowed and is_granted(call, Permission.BASIC) and call.bearer.sees(world.account.id)


def _page_token(world: World, call: GraphCall) -> str:
    """The Page token that asks, or the one that a user token gets (meta-contract §6.1)."""
    holder = call.bearer
    if holder.kind is TokenKind.USER:
        return world.page_token_for(holder).value
    return holder.value


def _pages(world: World, call: GraphCall, edge: Edge, asked: Sequence[Field]) -> dict[str, Any]:
    """The Pages that the person administrates and chose for the app, the first one first."""
    shown = [one for one in world.companies() if call.bearer.sees(one.page.id)]
    if not call.bearer.covers(SHOW_LIST):
        shown = []
    if not call.bearer.covers(BUSINESS):
        shown = [one for one in shown if not one.is_of_a_business]
    shown.reverse()  # a page of a list begins with its last place
    page = page_of(
        len(shown), edge.span(), lambda place: Placed(place, page_fields(shown[place], call))
    )
    return edge.render(page, lambda available: chosen(PAGE_NODE, available, asked or _LISTED))
