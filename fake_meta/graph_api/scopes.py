"""Which permission of the token a call needs, and how it fails without (meta-contract §6.6).

What the app itself may do is the world's business; here it is what the person granted.
"""

from __future__ import annotations

from collections.abc import Mapping

from fake_meta.domain.accounts import Permission
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Flavour
from fake_meta.domain.messaging_errors import MessagingError
from fake_meta.domain.platforms import Platform
from fake_meta.domain.scopes import scope_of
from fake_meta.graph_api.call import GraphCall
from fake_meta.world import World

Needs = tuple[tuple[Permission, GraphError], ...]

_WRITE: Needs = ((Permission.MANAGE_MESSAGES, GraphError.NEEDS_MANAGE_MESSAGES),)
_ON_MESSENGER: Needs = ((Permission.PAGES_MESSAGING, GraphError.NEEDS_PAGES_MESSAGING),)
_INSTALL: Needs = ((Permission.MANAGE_METADATA, GraphError.NEEDS_METADATA),)

BY_EDGE: Mapping[tuple[str, str], Needs] = {
    ("messages", "POST"): _WRITE,
    ("message_attachments", "POST"): _WRITE,
    ("messenger_profile", "POST"): _WRITE,
    ("messenger_profile", "GET"): _WRITE,
    ("messenger_profile", "DELETE"): _WRITE,
    ("pass_thread_control", "POST"): _WRITE,
    ("take_thread_control", "POST"): _WRITE,
    ("request_thread_control", "POST"): _WRITE,
    ("release_thread_control", "POST"): _WRITE,
    ("extend_thread_control", "POST"): _WRITE,
    ("conversations", "GET"): _WRITE,
    ("personas", "POST"): _WRITE,
    ("personas", "GET"): _WRITE,
    ("subscribed_apps", "POST"): _INSTALL,
    ("subscribed_apps", "DELETE"): _INSTALL,
}
_MAILBOX = ("", "conversations", "messages")
_READING = (GraphError.NEEDS_MANAGE_MESSAGES, GraphError.NEEDS_PAGES_MESSAGING)
ACCOUNT: Needs = ((Permission.BASIC, GraphError.PERMISSION_MISSING),)
PROFILE: Needs = (
    (Permission.BASIC, GraphError.PERMISSION_MISSING),
    (Permission.MANAGE_MESSAGES, GraphError.PERMISSION_MISSING),
)


def needs_of(edge: tuple[str, str], platform: Platform) -> Needs:
    """What a call to this edge and method needs in this inbox of the Page."""
    needs = BY_EDGE.get(edge, ())
    return reading(platform) if needs is _WRITE else needs


def reading(platform: Platform) -> Needs:
    """What messages need, read or sent."""
    return _ON_MESSENGER if platform is Platform.MESSENGER else _WRITE


def check(call: GraphCall, needs: Needs) -> None:
    """Refuse the call when its token lacks one of `needs`."""
    if call.bearer.scopes is None:
        return
    for permission, error in needs:
        if not is_granted(call, permission):
            raise GraphCallError(error)


def as_told(fault: GraphCallError, call: GraphCall, world: World) -> GraphCallError:
    """A send of Facebook Login that may use neither inbox names Messenger's permission (§6.6)."""
    is_send = call.method == "POST" and _edge_of(call) == "messages"
    if fault.error in _READING and call.method == "GET" and _edge_of(call) in _MAILBOX:
        is_old = world.choices.mailbox_permission == "298"
        return GraphCallError(MessagingError.MAILBOX) if is_old else fault
    if fault.error is not GraphError.NEEDS_MANAGE_MESSAGES or not is_send:
        return fault
    if call.flavour is not Flavour.FACEBOOK:
        return fault
    has_other = Permission.PAGES_MESSAGING in world.scopes_in_force(call.bearer)
    return fault if has_other else GraphCallError(GraphError.NEEDS_PAGES_MESSAGING)


def _edge_of(call: GraphCall) -> str:
    return call.path[1] if len(call.path) > 1 else ""


def is_granted(call: GraphCall, permission: Permission) -> bool:
    """The call's token carries this permission, under the name that its flavour gives it."""
    return call.bearer.covers(scope_of(permission, call.flavour))
