"""Webhook events that are no messages: key order of meta-contract §3.5 to §3.9 and §3.11."""

from __future__ import annotations

from typing import Any

from fake_meta.domain.events import JsonObject
from fake_meta.domain.identifiers import Igid, Igsid, Mid
from fake_meta.domain.threads import Reaction


def reaction_item(
    account: Igid, customer: Igsid, timestamp_ms: int, mid: Mid, reaction: Reaction | None
) -> JsonObject:
    """A reaction to `mid`, or with None its withdrawal (meta-contract §3.5)."""
    body: dict[str, Any] = {"mid": mid, "action": "unreact" if reaction is None else "react"}
    if reaction is not None:
        body["reaction"] = reaction.reaction
        body["emoji"] = reaction.emoji
    return _item(account, customer, timestamp_ms, "reaction", body)


def seen_item(account: Igid, customer: Igsid, timestamp_ms: int, mid: Mid) -> JsonObject:
    """The customer has seen everything up to `mid` (meta-contract §3.6)."""
    return _item(account, customer, timestamp_ms, "read", {"mid": mid})


def postback_item(
    account: Igid, customer: Igsid, timestamp_ms: int, postback: JsonObject, *, is_self: bool
) -> JsonObject:
    """A tapped ice breaker, menu entry or button; `is_self` stands beside it (§3.7)."""
    if not is_self:
        return _item(account, customer, timestamp_ms, "postback", postback)
    item = _item(account, Igsid(account), timestamp_ms, "postback", postback)
    return {"sender": item["sender"], "recipient": item["recipient"]} | {
        "timestamp": timestamp_ms,
        "is_self": True,
        "postback": postback,
    }


def referral_item(
    account: Igid, customer: Igsid, timestamp_ms: int, referral: JsonObject
) -> JsonObject:
    """An ig.me link was opened in an existing conversation (meta-contract §3.8)."""
    return _item(account, customer, timestamp_ms, "referral", referral)


def edit_item(
    account: Igid, customer: Igsid, timestamp_ms: int, edit: tuple[Mid, str, int | str]
) -> JsonObject:
    """A message has a new text for the n-th time (meta-contract §3.9)."""
    mid, text, number = edit
    body = {"mid": mid, "text": text, "num_edit": number}
    return _item(account, customer, timestamp_ms, "message_edit", body)


def ghost_edit_item(timestamp_ms: int, mid: Mid, number: int | str = 0) -> JsonObject:
    """An edit of a new message that nobody edited, without sender (meta-contract §3.9)."""
    return {"timestamp": timestamp_ms, "message_edit": {"mid": mid, "num_edit": number}}


def handover_item(
    account: Igid, customer: Igsid, timestamp_ms: int, control: tuple[str, JsonObject]
) -> JsonObject:
    """Thread control was passed, taken or requested (meta-contract §3.11)."""
    name, body = control
    return _item(account, customer, timestamp_ms, name, body)


def app_roles_item(account: Igid, timestamp_ms: int, app_id: str) -> JsonObject:
    """An app became the default app; nobody sends it (meta-contract §3.11)."""
    return {
        "recipient": {"id": account},
        "timestamp": timestamp_ms,
        "app_roles": {app_id: ["primary_receiver"]},
    }


def _item(account: Igid, customer: Igsid, timestamp_ms: int, key: str, body: Any) -> JsonObject:
    return {
        "sender": {"id": customer},
        "recipient": {"id": account},
        "timestamp": timestamp_ms,
        key: body,
    }
