"""Which of a Page's two inboxes a call is about: Instagram's or Messenger's (§4.2, §5.4).

The recipient's id says it, or the parameter `platform`; the same Page token reaches both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fake_meta.domain.accounts import Permission
from fake_meta.domain.platforms import Platform
from fake_meta.domain.tokens import TokenKind
from fake_meta.graph_api import conversations
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.scopes import is_granted
from fake_meta.world import World

_PAGE, _MESSENGER = TokenKind.PAGE, Platform.MESSENGER
_NAMES = {
    "profile": "psid_profile",
    "messenger_profile": "messenger_profile",
    "persona": "persona",
}
_IDS = ("m_", "t_")
"""How ids of Messenger's messages and conversations begin (meta-contract §0.3)."""


def inbox_of_edge(context: GraphContext, call: GraphCall, edge: str) -> GraphContext:
    """The context in the inbox that a call to this edge of the Page is about."""
    choose = _CHOOSERS.get(edge)
    if choose is None or call.bearer.kind is not TokenKind.PAGE:
        return context
    return context.on(choose(context.world, call))


def inbox_of_node(context: GraphContext, call: GraphCall, node_id: str) -> GraphContext:
    """The same for a person, a message or a conversation."""
    if call.bearer.kind is not _PAGE:
        return context
    is_its = node_id.startswith(_IDS) or context.world.is_psid(node_id)
    return context.on(_MESSENGER) if is_its else context


def named_as(context: GraphContext, answer: Answer) -> Answer:
    """The answer as the journal names it: what was done on Messenger says so."""
    if context.world.platform is _MESSENGER:
        answer.event = _NAMES.get(answer.event, f"messenger_{answer.event}")
    return answer


def _by_recipient(world: World, call: GraphCall) -> Platform:
    recipient = call.object("recipient") or {}
    person, comment_id = recipient.get("id"), recipient.get("comment_id")
    is_psid = person is not None and world.is_psid(str(person))
    is_of_page = "post_id" in recipient or "user_ref" in recipient
    is_comment = comment_id is not None and world.is_on_page(str(comment_id))
    if is_psid or is_of_page or is_comment:
        return Platform.MESSENGER
    return _by_name(world, call)  # an id that is nobody's says nothing of its inbox


def _by_list(_world: World, call: GraphCall) -> Platform:
    return conversations.platform_of(call.parameters, call.flavour)


def _by_name(_world: World, call: GraphCall) -> Platform:
    wanted = (call.text("platform") or "").lower()
    return Platform.MESSENGER if wanted == Platform.MESSENGER else Platform.INSTAGRAM


def _by_upload(_world: World, call: GraphCall) -> Platform:
    """An upload serves both inboxes, so either permission will do."""
    if call.text("platform") is None and not is_granted(call, Permission.MANAGE_MESSAGES):
        return Platform.MESSENGER
    return _by_name(_world, call)


_CHOOSERS: Mapping[str, Callable[[World, GraphCall], Platform]] = {
    "messages": _by_recipient,
    "pass_thread_control": _by_recipient,
    "take_thread_control": _by_recipient,
    "request_thread_control": _by_recipient,
    "release_thread_control": _by_recipient,
    "extend_thread_control": _by_recipient,
    "conversations": _by_list,
    "personas": lambda _world, _call: Platform.MESSENGER,
    "messenger_profile": _by_name,
    "message_attachments": _by_upload,
}
