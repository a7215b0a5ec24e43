"""Which handler answers which call: tables of node, edge and method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api import messages, nodes, profiles, subscriptions, tokens
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.tokens import Identity
from fake_meta.world import World

Handler = Callable[[GraphContext, GraphCall], Answer]
_MAX_PARTS = 2


class Node(Enum):
    """What the first part of a path can mean."""

    PAGE = auto()
    ACCOUNT = auto()
    APP = auto()
    DEBUG_TOKEN = auto()


EDGES: Mapping[tuple[Node, str, str], tuple[Identity, Handler]] = {
    (Node.PAGE, "", "GET"): (Identity.PAGE, nodes.read_page),
    (Node.PAGE, "messages", "POST"): (Identity.PAGE, messages.send),
    (Node.PAGE, "subscribed_apps", "POST"): (Identity.PAGE, subscriptions.subscribe_page),
    (Node.PAGE, "subscribed_apps", "GET"): (Identity.PAGE, subscriptions.read_page_subscription),
    (Node.PAGE, "subscribed_apps", "DELETE"): (Identity.PAGE, subscriptions.unsubscribe_page),
    (Node.ACCOUNT, "", "GET"): (Identity.PAGE, nodes.read_account),
    (Node.ACCOUNT, "messages", "POST"): (Identity.PAGE, messages.refuse_account_as_sender),
    (Node.APP, "subscriptions", "POST"): (Identity.APP, subscriptions.subscribe_app),
    (Node.APP, "subscriptions", "GET"): (Identity.APP, subscriptions.read_app_subscriptions),
    (Node.APP, "subscriptions", "DELETE"): (Identity.APP, subscriptions.unsubscribe_app),
}
"""Handlers and the token each of them needs."""

ANY_TOKEN: Mapping[tuple[Node, str, str], Handler] = {
    (Node.DEBUG_TOKEN, "", "GET"): tokens.debug_token,
    (Node.APP, "", "GET"): nodes.read_app,
}
_WRONG_TOKEN = {
    Identity.PAGE: GraphError.PAGE_TOKEN_REQUIRED,
    Identity.APP: GraphError.APP_TOKEN_REQUIRED,
}
_MISSING = {
    "GET": GraphError.MISSING_GET,
    "POST": GraphError.MISSING_POST,
    "DELETE": GraphError.MISSING_DELETE,
}


def route(context: GraphContext, call: GraphCall) -> Answer:
    """Answer the call, or raise the `GraphCallError` that Meta would answer."""
    if not call.path or len(call.path) > _MAX_PARTS:
        raise GraphCallError(GraphError.UNKNOWN_PATH, path="/" + "/".join(call.path))
    identity = tokens.identify(context.world, call)
    node = _node(context.world, call.path[0], identity)
    edge = call.path[1] if len(call.path) == _MAX_PARTS else ""
    if node is None:
        return _read_by_id(context, call, edge)
    key = (node, edge, call.method)
    if key in ANY_TOKEN:
        return ANY_TOKEN[key](context, call)
    if key not in EDGES:
        raise _missing(call)
    needed, handler = EDGES[key]
    if identity is not needed:
        raise GraphCallError(_WRONG_TOKEN[needed])
    return handler(context, call)


def _node(world: World, name: str, identity: Identity) -> Node | None:
    if name == "me":
        return Node.PAGE if identity is Identity.PAGE else Node.APP
    if name == "debug_token":
        return Node.DEBUG_TOKEN
    named = {world.page.id: Node.PAGE, world.account.id: Node.ACCOUNT, world.app.id: Node.APP}
    return named.get(name)


def _read_by_id(context: GraphContext, call: GraphCall, edge: str) -> Answer:
    """The nodes that exist by the thousand: customers and messages."""
    name = call.path[0]
    if edge or call.method != "GET":
        raise _missing(call)
    profile = context.world.profile(name)
    if profile is not None:
        return profiles.read_profile(context, call, profile)
    detail = context.world.read_message(name)
    if detail is not None:
        return messages.read_message(context, call, detail)
    if name.isdecimal() or name.startswith("aWdf"):
        raise _missing(call)
    raise GraphCallError(GraphError.ALIAS, alias=name)


def _missing(call: GraphCall) -> GraphCallError:
    return GraphCallError(_MISSING.get(call.method, GraphError.MISSING_GET), id=call.path[0])
