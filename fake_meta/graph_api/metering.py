"""Under which limits a call counts (meta-contract §8.2)."""

from __future__ import annotations

from fake_meta.domain.login import Flavour
from fake_meta.domain.rate_limits import LimitName
from fake_meta.domain.threads import MessageKind
from fake_meta.domain.tokens import TokenKind
from fake_meta.graph_api.call import GraphCall
from fake_meta.world import World

_PAGE = TokenKind.PAGE
_APP = (LimitName.APP,)
_USER = (LimitName.USER,)
_PAGE_BY_USER = (LimitName.USER, LimitName.PAGE_BY_USER)
_PAGES = (LimitName.PAGES,)
_MESSENGER = (LimitName.MESSENGER,)
_INSTAGRAM = (LimitName.INSTAGRAM,)
_CONVERSATIONS = (LimitName.CONVERSATIONS,)
_MEDIA = (LimitName.SEND_MEDIA,)
_TEXT = {
    Flavour.FACEBOOK: (LimitName.SEND_TEXT,),
    Flavour.INSTAGRAM: (LimitName.SEND_TEXT_LOGIN,),
}
_HEAVY = frozenset({MessageKind.AUDIO, MessageKind.VIDEO})
_Counters = tuple[tuple[tuple[LimitName, ...], str], ...]
_OF_THE_PAGE = frozenset({"", "subscribed_apps"})


def count_call(world: World, call: GraphCall, place: tuple[str | None, str], now_ms: int) -> None:
    """Count a call whose token, node and edge are known; no node: a customer, thread or message.

    Calls with a user or app token count for the app, and for that user; those about a Page, its
    inbox or an account count for that business object.
    """
    counted = call.counted
    for names, subject in _counters(world, call, place):
        if counted is not None and subject not in counted:
            counted.append(subject)
        world.count_call(names, subject, now_ms)


def _counters(world: World, call: GraphCall, place: tuple[str | None, str]) -> _Counters:
    token, (node, edge) = call.bearer, place
    if token.kind is _PAGE and node != "ACCOUNT":
        is_page = node is not None and edge in _OF_THE_PAGE
        return ((_PAGES if is_page else _MESSENGER, token.subject),)
    if token.kind in (TokenKind.PAGE, TokenKind.IG_USER):
        return ((_INSTAGRAM, world.account.id),)
    if token.kind is TokenKind.APP:
        return ((_APP, token.app_id),)
    by_user = _PAGE_BY_USER if node == "PAGE" else _USER
    return (_APP, token.app_id), (by_user, token.subject)


def count_conversations_call(world: World) -> None:
    """The Conversations API has a limit of its own, for each account."""
    world.count_call(_CONVERSATIONS, world.account.id)


def count_message(world: World, call: GraphCall, kind: MessageKind = MessageKind.TEXT) -> None:
    """A message or reaction; audio and video are dearer."""
    names = _MEDIA if kind in _HEAVY else _TEXT[call.flavour]
    world.count_call(names, world.account.id)
