"""Webhook events of Messenger, `object: page`: what differs from Instagram (meta-contract §3.13).

One row a kind: the field that an app subscribes to for it, and the item. Key order is wire form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fake_meta.domain.events import PAGE_OBJECT, JsonObject

_DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class MessengerFacts:
    """What an item is made of; `about` is the earlier message that it speaks of."""

    page_id: str
    psid: str
    at_ms: int
    mid: str
    about: str
    text: str
    url: str
    app_id: str
    other_app_id: str


@dataclass(frozen=True, slots=True)
class MessengerKind:
    """One kind of event: its field (§3.14) and how its item is made."""

    field: str
    item: Callable[[MessengerFacts], JsonObject]


def messenger_envelope(kind: MessengerKind, facts: MessengerFacts) -> JsonObject:
    """The body of one delivery: exactly one item (meta-contract §2.7)."""
    form = "standby" if kind.field == "standby" else "messaging"
    entry = {"time": facts.at_ms, "id": facts.page_id, form: [kind.item(facts)]}
    return {"object": PAGE_OBJECT, "entry": [entry]}


def _heads(facts: MessengerFacts) -> dict[str, Any]:
    return {"sender": {"id": facts.psid}, "recipient": {"id": facts.page_id}}


def _told(key: str, body: Callable[[MessengerFacts], Any]) -> Callable[[MessengerFacts], Any]:
    """An item that the person sends, with its timestamp and `key`."""
    return lambda facts: {**_heads(facts), "timestamp": facts.at_ms, key: body(facts)}


def _sent(more: Callable[[MessengerFacts], Mapping[str, Any]]) -> Callable[[MessengerFacts], Any]:
    """A message with a text, and what `more` adds."""
    return _told("message", lambda facts: {"mid": facts.mid, "text": facts.text, **more(facts)})


def _attached(kind: str, extra: Mapping[str, Any]) -> Callable[[MessengerFacts], Any]:
    def body(facts: MessengerFacts) -> JsonObject:
        attachment = {"type": kind, "payload": {"url": facts.url, **extra}}
        return {"mid": facts.mid, "attachments": [attachment]}

    return _told("message", body)


def _echo(facts: MessengerFacts) -> JsonObject:
    return {
        "sender": {"id": facts.page_id},
        "recipient": {"id": facts.psid},
        "timestamp": facts.at_ms,
        "message": {
            "mid": facts.mid,
            "text": facts.text,
            "is_echo": True,
            "app_id": int(facts.app_id),
        },
    }


def _delivery(facts: MessengerFacts) -> JsonObject:
    """Without `timestamp`, as in Meta's example (meta-contract §3.6)."""
    return {**_heads(facts), "delivery": {"mids": [facts.about], "watermark": facts.at_ms}}


def _postback(facts: MessengerFacts) -> dict[str, Any]:
    return {"mid": facts.mid, "title": facts.text, "payload": "DEVELOPER_DEFINED_PAYLOAD"}


def _standby_postback(facts: MessengerFacts) -> JsonObject:
    """Without `payload`, which goes to the app that sent the button (meta-contract §3.7)."""
    return {"mid": facts.mid, "title": facts.text}


def _unspoken(key: str, body: Callable[[MessengerFacts], Any]) -> Callable[[MessengerFacts], Any]:
    """An item that nobody sends (meta-contract §3.10, §3.11)."""
    return lambda facts: {
        "recipient": {"id": facts.page_id},
        "timestamp": facts.at_ms,
        key: body(facts),
    }


def _optin(facts: MessengerFacts) -> JsonObject:
    return {
        "type": "notification_messages",
        "payload": "DEVELOPER_DEFINED_PAYLOAD",
        "notification_messages_token": facts.mid[2:21],
        "token_expiry_timestamp": facts.at_ms + 180 * _DAY_MS,
        "user_token_status": "NOT_REFRESHED",
        "notification_messages_timezone": "America/Sao_Paulo",
        "title": facts.text,
    }


def _control(was: str, becomes: str) -> Callable[[MessengerFacts], JsonObject]:
    return lambda facts: {
        "previous_owner_app_id": getattr(facts, was),
        "new_owner_app_id": getattr(facts, becomes),
    }


_LINK = {"ref": "website", "source": "SHORTLINK", "type": "OPEN_THREAD"}
_ADVERT = {"ref": "autumn", "ad_id": "6045246247433", "source": "ADS", "type": "OPEN_THREAD"}
_HEART = {"reaction": "love", "emoji": "\u2764\ufe0f"}
_HANDOVERS = "messaging_handover"

MESSENGER_KINDS: Mapping[str, MessengerKind] = {
    "message": MessengerKind("messages", _sent(lambda _: {})),
    "image": MessengerKind("messages", _attached("image", {})),
    "sticker": MessengerKind("messages", _attached("sticker", {"sticker_id": 369239263222822})),
    "fallback": MessengerKind("messages", _attached("fallback", {"title": "A link"})),
    "quick_reply": MessengerKind(
        "messages", _sent(lambda _: {"quick_reply": {"payload": "DEVELOPER_DEFINED_PAYLOAD"}})
    ),
    "reply": MessengerKind(
        "messages", _sent(lambda facts: {"reply_to": {"mid": facts.about, "is_self_reply": False}})
    ),
    "ad_message": MessengerKind("messages", _sent(lambda _: {"referral": _ADVERT})),
    "echo": MessengerKind("message_echoes", _echo),
    "delivery": MessengerKind("message_deliveries", _delivery),
    "read": MessengerKind("message_reads", _told("read", lambda facts: {"watermark": facts.at_ms})),
    "reaction": MessengerKind(
        "message_reactions",
        _told("reaction", lambda facts: {"mid": facts.about, "action": "react", **_HEART}),
    ),
    "unreaction": MessengerKind(
        "message_reactions",
        _told("reaction", lambda facts: {"mid": facts.about, "action": "unreact"}),
    ),
    "edit": MessengerKind(
        "message_edit",
        _told(
            "message_edit", lambda facts: {"mid": facts.about, "text": facts.text, "num_edit": 1}
        ),
    ),
    "postback": MessengerKind("messaging_postbacks", _told("postback", _postback)),
    "get_started": MessengerKind(
        "messaging_postbacks",
        _told("postback", lambda facts: {**_postback(facts), "referral": _LINK}),
    ),
    "referral": MessengerKind(
        "messaging_referral",
        _told("referral", lambda facts: {**_LINK, "referer_uri": facts.url}),
    ),
    "optin": MessengerKind("messaging_optins", _told("optin", _optin)),
    "account_linking": MessengerKind(
        "messaging_account_linking",
        _told("account_linking", lambda _: {"status": "linked", "authorization_code": "CODE"}),
    ),
    "feedback": MessengerKind(
        "response_feedback",
        _told("response_feedback", lambda facts: {"feedback": "Good response", "mid": facts.about}),
    ),
    "policy_enforcement": MessengerKind(
        "messaging_policy_enforcement",
        _unspoken("policy_enforcement", lambda facts: {"action": "warning", "reason": facts.text}),
    ),
    "pass_thread_control": MessengerKind(
        _HANDOVERS, _told("pass_thread_control", _control("other_app_id", "app_id"))
    ),
    "take_thread_control": MessengerKind(
        _HANDOVERS, _told("take_thread_control", _control("app_id", "other_app_id"))
    ),
    "request_thread_control": MessengerKind(
        _HANDOVERS,
        _told(
            "request_thread_control",
            lambda facts: {"requested_owner_app_id": facts.other_app_id},
        ),
    ),
    "app_roles": MessengerKind(
        _HANDOVERS, _unspoken("app_roles", lambda facts: {facts.app_id: ["primary_receiver"]})
    ),
    "standby_message": MessengerKind("standby", _sent(lambda _: {})),
    "standby_postback": MessengerKind("standby", _told("postback", _standby_postback)),
}
