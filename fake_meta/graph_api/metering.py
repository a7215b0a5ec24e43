"""Under which limits a call counts (meta-contract §8.2)."""

from __future__ import annotations

from fake_meta.domain.login import Flavour
from fake_meta.domain.rate_limits import LimitName
from fake_meta.domain.threads import MessageKind
from fake_meta.domain.tokens import Token, TokenKind
from fake_meta.graph_api.call import GraphCall
from fake_meta.world import World

_APP = (LimitName.APP,)
_USER = (LimitName.APP, LimitName.USER)
_PAGE_BY_USER = (LimitName.APP, LimitName.USER, LimitName.PAGE_BY_USER)
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
_OF_THE_PAGE = frozenset({"", "subscribed_apps"})


def count_call(world: World, token: Token, place: tuple[str | None, str], now_ms: int) -> None:
    """Count a call whose token, node and edge are known; no node: a customer, thread or message.

    Calls with a user or app token count for the app; those about a Page, its inbox or an account
    count for that business object.
    """
    node, edge = place
    if token.kind is TokenKind.PAGE:
        if node == "ACCOUNT":
            world.count_call(_INSTAGRAM, world.account.id, now_ms)
        else:
            is_page = node is not None and edge in _OF_THE_PAGE
            world.count_call(_PAGES if is_page else _MESSENGER, token.subject, now_ms)
    elif token.kind is TokenKind.IG_USER:
        world.count_call(_INSTAGRAM, world.account.id, now_ms)
    elif token.kind is TokenKind.APP:
        world.count_call(_APP, token.app_id, now_ms)
    else:
        world.count_call(_PAGE_BY_USER if node == "PAGE" else _USER, token.app_id, now_ms)


def count_conversations_call(world: World) -> None:
    """The Conversations API has a limit of its own, for each account."""
    world.count_call(_CONVERSATIONS, world.account.id)


def count_message(world: World, call: GraphCall, kind: MessageKind = MessageKind.TEXT) -> None:
    """A message or reaction; audio and video are dearer."""
    names = _MEDIA if kind in _HEAVY else _TEXT[call.flavour]
    world.count_call(names, world.account.id)
