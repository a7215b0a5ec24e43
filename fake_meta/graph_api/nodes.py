"""Reads of the Page, the Instagram account and the app (meta-contract §5.1)."""

from __future__ import annotations

from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.tokens import TokenKind
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import selected
from fake_meta.graph_api.scopes import ACCOUNT, check, is_granted


def read_page(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /{page-id}` and `GET /me` with the Page token."""
    world = context.world
    page, account = world.page, world.account
    if not call.bearer.sees(page.id):
        raise GraphCallError(GraphError.MISSING_GET, id=page.id)
    linked = (
        world.app.access[Permission.BASIC] is not AccessLevel.NONE
        and is_granted(call, Permission.BASIC)
        and call.bearer.sees(account.id)
    )
    available = {
        "id": page.id,
        "name": page.name,
        "access_token": _page_token(context, call),
        "category": "Business",
        "instagram_business_account": {"id": account.id} if linked else ...,
        "connected_instagram_account": {"id": account.id} if linked else ...,
    }
    return Answer(selected(call, "Page", available, ("name", "id")))


def _page_token(context: GraphContext, call: GraphCall) -> str:
    """The Page token that asks, or the one that a user token gets (meta-contract §6.1)."""
    holder = call.bearer
    if holder.kind is TokenKind.PAGE or "access_token" not in call.names("fields"):
        return holder.value
    return context.world.page_token_for(holder).value


def read_account(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /{ig-id}`: needs instagram_basic."""
    world = context.world
    check(call, ACCOUNT)
    if world.app.access[Permission.BASIC] is AccessLevel.NONE:
        raise GraphCallError(GraphError.NO_PERMISSION)
    account = world.account
    available = {
        "id": account.id,
        "username": account.username,
        "name": account.name,
        "profile_picture_url": world.company_picture_url(),
        "followers_count": sum(one.follows_business for one in world.customers),
        "biography": "",
        "website": ...,
    }
    return Answer(selected(call, "IGUser", available, ("id",)))


def read_app(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /{app-id}`."""
    app = context.world.app
    available = {"id": app.id, "name": app.name, "link": ..., "category": "Business"}
    return Answer(selected(call, "Application", available, ("name", "id")))
