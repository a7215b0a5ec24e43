"""Sender actions: typing, seen, reactions (meta-contract §4.2, §4.4)."""

from __future__ import annotations

from fake_meta.domain.accounts import Customer
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.outgoing import Recipient
from fake_meta.domain.reactions import reaction_named
from fake_meta.domain.threads import Reaction, Sender
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.metering import count_message

SENDER_ACTIONS = ("typing_on", "typing_off", "mark_seen", "react", "unreact")


def act(context: GraphContext, call: GraphCall, recipient: Recipient, action: str) -> Answer:
    """Do it; the answer names the recipient only."""
    if action not in SENDER_ACTIONS:
        known = ", ".join(SENDER_ACTIONS)
        detail = f"Param sender_action must be one of {{{known}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    if recipient.igsid is None:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="recipient[id]")
    customer = _acted(context, call, recipient.igsid, action)
    return Answer(
        {"recipient_id": customer.igsid}, customer=customer.username, event="sender_action"
    )


def _acted(context: GraphContext, call: GraphCall, igsid: str, action: str) -> Customer:
    world = context.world
    if action == "mark_seen":
        return world.mark_seen(igsid)
    if action in ("typing_on", "typing_off"):
        return world.show_typing(igsid, is_typing=action == "typing_on")
    payload = call.object("payload")
    if payload is None:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="payload")
    mid = payload.get("message_id")
    if not isinstance(mid, str) or not mid:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="payload[message_id]")
    count_message(world, call)
    return world.react_as_company(igsid, mid, _reaction(payload.get("reaction"), action))


def _reaction(wanted: object, action: str) -> Reaction | None:
    if action == "unreact":
        return None
    if not isinstance(wanted, str) or not wanted:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="payload[reaction]")
    reaction = reaction_named(Sender.BUSINESS, wanted)
    if reaction is None:
        raise GraphCallError(GraphError.PARAMETER, detail=f"Invalid reaction: {wanted[:40]}")
    return reaction
