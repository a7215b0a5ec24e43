"""Which handler answers which call: tables of node, edge and method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import partial

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Host
from fake_meta.domain.platforms import Platform
from fake_meta.domain.tokens import Token, TokenKind, lapse_gaps
from fake_meta.graph_api import (
    conversations,
    login,
    message_nodes,
    metering,
    nodes,
    page_personas,
    people,
    people_for_tests,
    profiles,
    psid_profiles,
    roles,
    scopes,
    sending,
    subscriptions,
    tokens,
)
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.inboxes import inbox_of_edge, inbox_of_node, named_as
from fake_meta.graph_api.instagram_user import ACCOUNT_SUBSCRIPTION, read_instagram_user
from fake_meta.graph_api.messaging import MESSAGING_EDGES
from fake_meta.graph_api.multi_read import read_many
from fake_meta.world import World

Handler = Callable[[GraphContext, GraphCall], Answer]
_MAX_PARTS = 2
_API_INSTAGRAM, _MESSENGER, _USER = Host.API_INSTAGRAM, Platform.MESSENGER, TokenKind.USER
"""An enumeration is asked for its members slowly; every call would ask for these."""


class Node(Enum):
    """What the first part of a path can mean."""

    PAGE = auto()
    ACCOUNT = auto()
    APP = auto()
    USER = auto()
    IG_USER = auto()
    DEBUG_TOKEN = auto()


EDGES: Mapping[tuple[Node, str, str], tuple[TokenKind, Handler]] = {
    (Node.PAGE, "", "GET"): (TokenKind.PAGE, nodes.read_page),
    **{(Node.PAGE, *edge): (TokenKind.PAGE, answer) for edge, answer in MESSAGING_EDGES.items()},
    (Node.PAGE, "personas", "POST"): (TokenKind.PAGE, page_personas.create_persona),
    (Node.PAGE, "personas", "GET"): (TokenKind.PAGE, page_personas.list_personas),
    (Node.PAGE, "subscribed_apps", "POST"): (TokenKind.PAGE, subscriptions.subscribe_page),
    (Node.PAGE, "subscribed_apps", "GET"): (TokenKind.PAGE, subscriptions.read_page_subscription),
    (Node.PAGE, "subscribed_apps", "DELETE"): (TokenKind.PAGE, subscriptions.unsubscribe_page),
    (Node.ACCOUNT, "", "GET"): (TokenKind.PAGE, nodes.read_account),
    (Node.ACCOUNT, "messages", "POST"): (TokenKind.PAGE, sending.refuse_account_as_sender),
    (Node.USER, "", "GET"): (TokenKind.USER, people.read_user),
    (Node.USER, "accounts", "GET"): (TokenKind.USER, nodes.list_pages),
    (Node.USER, "permissions", "GET"): (TokenKind.USER, people.read_permissions),
    (Node.USER, "permissions", "DELETE"): (TokenKind.USER, people.revoke_permissions),
    (Node.IG_USER, "", "GET"): (TokenKind.IG_USER, read_instagram_user),
    **{
        (Node.IG_USER, *edge): (TokenKind.IG_USER, answer)
        for edge, answer in {**MESSAGING_EDGES, **ACCOUNT_SUBSCRIPTION}.items()
    },
    (Node.APP, "subscriptions", "POST"): (TokenKind.APP, subscriptions.subscribe_app),
    (Node.APP, "subscriptions", "GET"): (TokenKind.APP, subscriptions.read_app_subscriptions),
    (Node.APP, "subscriptions", "DELETE"): (TokenKind.APP, subscriptions.unsubscribe_app),
    (Node.APP, "accounts", "GET"): (TokenKind.APP, people_for_tests.read),
    (Node.APP, "accounts", "POST"): (TokenKind.APP, people_for_tests.create),
    (Node.APP, "roles", "GET"): (TokenKind.APP, roles.read_roles),
    (Node.APP, "roles", "POST"): (TokenKind.APP, roles.invite),
    (Node.APP, "roles", "DELETE"): (TokenKind.APP, roles.remove),
}
"""Handlers and the token each of them needs."""

ANY_TOKEN: Mapping[tuple[Node, str, str], Handler] = {
    (Node.DEBUG_TOKEN, "", "GET"): tokens.debug_token,
    (Node.APP, "", "GET"): nodes.read_app,
}
TOKENLESS: Mapping[tuple[Host, tuple[str, ...]], Handler] = {
    (Host.GRAPH_FACEBOOK, ("oauth", "access_token")): login.facebook_token,
    (Host.API_INSTAGRAM, ("oauth", "access_token")): login.instagram_token,
    (Host.GRAPH_INSTAGRAM, ("access_token",)): login.exchange_instagram_token,
    (Host.GRAPH_INSTAGRAM, ("refresh_access_token",)): login.refresh_instagram_token,
}
"""Where tokens come from, so that none is asked for."""

ALSO_BY_USER = frozenset({(Node.PAGE, "", "GET"), (Node.ACCOUNT, "", "GET")})
"""Edges of the Page that a user token of its administrator reads, too."""

WITHOUT_DATA_ACCESS = frozenset(
    {(Node.DEBUG_TOKEN, ""), (Node.APP, ""), (Node.USER, ""), (Node.USER, "permissions")}
)
"""What a token still does 90 days after the person last used the app (meta-contract §6.1)."""

_TEST_USERS = ("accounts", "test-users")
_OF_MANY = frozenset({(), ("messages",)} | {(edge,) for _, edge, _ in EDGES if edge})
"""Paths that mean something of each of `?ids=a,b`."""

_EDGE_NAMES = frozenset(edge for _, edge, _ in (*EDGES, *ANY_TOKEN))

_READERS = frozenset({TokenKind.PAGE, TokenKind.IG_USER})
"""Whose inbox customers, messages and conversations are in (meta-contract §1.1)."""

_WRONG_TOKEN = {
    TokenKind.USER: GraphError.USER_TOKEN_REQUIRED,
    TokenKind.PAGE: GraphError.PAGE_TOKEN_REQUIRED,
    TokenKind.APP: GraphError.APP_TOKEN_REQUIRED,
}
_MISSING = {
    "GET": GraphError.MISSING_GET,
    "POST": GraphError.MISSING_POST,
    "DELETE": GraphError.MISSING_DELETE,
}


def route(context: GraphContext, call: GraphCall) -> Answer:
    """Answer the call, or raise the `GraphCallError` that Meta would answer."""
    if call.method == "GET" and "ids" in call.parameters and call.path in _OF_MANY:
        return read_many(call, partial(_route, context))
    return _route(context, call)


def _route(context: GraphContext, call: GraphCall) -> Answer:
    path, host = call.path, call.host
    if (host, path) in TOKENLESS:
        return TOKENLESS[host, path](context, call)
    if host is _API_INSTAGRAM or not path or len(path) > _most_parts(path):
        raise GraphCallError(GraphError.UNKNOWN_PATH, path="/" + "/".join(path))
    now_ms = context.world.now_ms()
    token = tokens.identify(context.world, call, now_ms)
    call = call.held_by(token)
    context = context.at(token.subject if token.kind in _READERS else path[0])
    world = context.world
    node = _node(world, path[0], token)
    edge = path[1] if len(path) > 1 else ""
    metering.count_call(world, call, (None if node is None else node.name, edge), now_ms)
    if not token.has_data_access(now_ms) and (node, edge) not in WITHOUT_DATA_ACCESS:
        raise GraphCallError(GraphError.DATA_ACCESS_LAPSED, **lapse_gaps(token, now_ms))
    try:
        if node is None:
            return _found_by_id(context, call, edge)
        context = inbox_of_edge(context, call, edge) if node is Node.PAGE else context
        answer = _handler((node, edge, call.method), call, context.world.platform)
        return named_as(context, answer(context, call))
    except GraphCallError as fault:
        raise scopes.as_told(fault, call, world) from None


def _most_parts(path: tuple[str, ...]) -> int:
    """`me/permissions/{scope}` and `{app}/accounts/test-users` have three."""
    is_long = path[1:2] == ("permissions",) or path[1:] == _TEST_USERS
    return _MAX_PARTS + 1 if is_long else _MAX_PARTS


def _handler(key: tuple[Node, str, str], call: GraphCall, platform: Platform) -> Handler:
    """Who answers `key`, if the call's token may ask."""
    if key in ANY_TOKEN:
        return ANY_TOKEN[key]
    if key not in EDGES:
        raise _no_such_edge(call, key[1])
    needed, handler = EDGES[key]
    kind = call.bearer.kind
    if kind is not needed and not (kind is TokenKind.USER and key in ALSO_BY_USER):
        raise GraphCallError(_WRONG_TOKEN[needed])
    scopes.check(call, scopes.needs_of(key[1:], platform))
    return handler


def _no_such_edge(call: GraphCall, edge: str) -> GraphCallError:
    """A name that no node has as an edge is a path of nothing; others, this node has not (§7.2)."""
    if edge and edge not in _EDGE_NAMES:
        return GraphCallError(GraphError.UNKNOWN_PATH, path=f"/{edge}")
    return _missing(call)


_MYSELF = {
    TokenKind.PAGE: Node.PAGE,
    TokenKind.USER: Node.USER,
    TokenKind.APP: Node.APP,
    TokenKind.IG_USER: Node.IG_USER,
}


def _node(world: World, name: str, token: Token) -> Node | None:
    if name == "me":
        return _MYSELF[token.kind]
    if not (name == "debug_token" or world.knows_asset(name)):
        return Node.USER if token.kind is _USER and name == token.subject else None
    if name == "debug_token":
        return Node.DEBUG_TOKEN
    if token.kind is TokenKind.USER and name == token.subject:
        return Node.USER
    if token.kind is TokenKind.IG_USER:
        return Node.IG_USER if name in (token.subject, world.account.id) else None
    named = {world.page.id: Node.PAGE, world.account.id: Node.ACCOUNT, world.app.id: Node.APP}
    return named.get(name)


def _found_by_id(context: GraphContext, call: GraphCall, edge: str) -> Answer:
    """What is no asset: personas of a Page, and what is in its inboxes."""
    name = call.path[0]
    if context.world.is_igsid(name):  # nearly always, and then neither of the others
        return _read_by_id(context, call, edge)
    persona = context.world.on(_MESSENGER).page_persona(name)
    if persona is not None and call.bearer.kind is TokenKind.PAGE and not edge:
        scopes.check(call, scopes.reading(Platform.MESSENGER))
        return page_personas.read_or_delete(context.on(Platform.MESSENGER), call, persona)
    context = inbox_of_node(context, call, name)
    return named_as(context, _read_by_id(context, call, edge))


def _read_by_id(context: GraphContext, call: GraphCall, edge: str) -> Answer:
    """The nodes that exist by the thousand: customers, messages and conversations."""
    name = call.path[0]
    if call.method != "GET" or edge not in ("", "messages"):
        raise _missing(call)
    if call.bearer.kind not in _READERS:
        raise _unknown(call)
    world = context.world
    platform = world.platform
    if edge == "":
        profile = world.profile(name)
        if profile is not None and platform is _MESSENGER:
            scopes.check(call, scopes.reading(platform))
            return psid_profiles.read_psid(context, call, profile)
        if profile is not None:
            scopes.check(call, scopes.PROFILE)
            return profiles.read_profile(context, call, profile)
        detail = context.world.read_message(name)
        if detail is not None:
            metering.count_conversations_call(context.world)
            scopes.check(call, scopes.reading(platform))
            return message_nodes.read_message(context, call, detail)
    thread = context.world.conversation(name)
    if thread is not None:
        metering.count_conversations_call(context.world)
        scopes.check(call, scopes.reading(platform))
        read = conversations.list_messages if edge else conversations.read_conversation
        return read(context, call, thread)
    raise _unknown(call)


def _unknown(call: GraphCall) -> GraphCallError:
    """No such node, or none for this token, which Meta does not tell apart."""
    name = call.path[0]
    if name.isdecimal() or name.startswith(("aWdf", "m_", "t_")):
        return _missing(call)
    return GraphCallError(GraphError.ALIAS, alias=name)


def _missing(call: GraphCall) -> GraphCallError:
    return GraphCallError(_MISSING.get(call.method, GraphError.MISSING_GET), id=call.path[0])
