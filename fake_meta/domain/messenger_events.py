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
    return _carried(kind, lambda facts: {"url": facts.url, **extra})


def _carried(
    kind: str, payload: Callable[[MessengerFacts], JsonObject]
) -> Callable[[MessengerFacts], Any]:
    """A message that is one attachment."""

    def body(facts: MessengerFacts) -> JsonObject:
        return {"mid": facts.mid, "attachments": [{"type": kind, "payload": payload(facts)}]}

    return _told("message", body)


def _echo(
    said: Callable[[MessengerFacts], Mapping[str, Any]] = lambda facts: {"text": facts.text},
    app_id: int | None = None,
    **more: str,
) -> Callable[[MessengerFacts], Any]:
    """What the Page says; `app_id` is the app's own unless another tool says it (§3.4)."""

    def item(facts: MessengerFacts) -> JsonObject:
        by = {"is_echo": True, "app_id": int(facts.app_id) if app_id is None else app_id}
        return {
            "sender": {"id": facts.page_id},
            "recipient": {"id": facts.psid},
            "timestamp": facts.at_ms,
            "message": {"mid": facts.mid, **said(facts), **by, **more},
        }

    return item


def _delivery(facts: MessengerFacts) -> JsonObject:
    """Without `timestamp`, as in Meta's example (meta-contract §3.6)."""
    return {**_heads(facts), "delivery": {"mids": [facts.about], "watermark": facts.at_ms}}


def _product(facts: MessengerFacts) -> JsonObject:
    element = {"id": "4216780191714937", "retailer_id": "vestido-azul", "image_url": facts.url}
    return {"product": {"elements": [{**element, "title": facts.text, "subtitle": "R$ 90"}]}}


def _booking(facts: MessengerFacts) -> JsonObject:
    """Times of appointments are seconds (meta-contract §0.3)."""
    start_s = (facts.at_ms + _DAY_MS) // 1000
    return {
        "booking_id": "5031277493624",
        "status": "CONFIRMED",
        "start_time": start_s,
        "end_time": start_s + 1800,
        "timezone": "America/Sao_Paulo",
    }


def _template(facts: MessengerFacts) -> JsonObject:
    button = {"type": "web_url", "title": "Site", "url": facts.url}
    payload = {"template_type": "button", "text": facts.text, "buttons": [button]}
    return {"attachments": [{"type": "template", "payload": payload}]}


def _status(status: str) -> Callable[[MessengerFacts], Any]:
    """The person stops or resumes what they opted in to (meta-contract §3.10)."""
    kept = ("type", "payload", "notification_messages_token")
    return _told(
        "optin",
        lambda facts: {
            **{key: value for key, value in _optin(facts).items() if key in kept},
            "notification_messages_status": status,
        },
    )


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
_CONTEXT = {"ad_title": "Outono", "post_id": "122098754320", "product_id": "4216780191714937"}
_INBOX_APP_ID = 26390203743090
"""Who says what agents say in the Page's own inbox (meta-contract §3.4)."""
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
    "product_message": MessengerKind(
        "messages", _sent(lambda _: {"referral": {"product": {"id": _CONTEXT["product_id"]}}})
    ),
    "commands": MessengerKind(
        "messages", _sent(lambda _: {"commands": [{"name": "flight"}, {"name": "hotel"}]})
    ),
    "post": MessengerKind("messages", _attached("post", {"title": "A post", "id": "1220987543"})),
    "reel": MessengerKind(
        "messages", _attached("reel", {"title": "A reel", "reel_video_id": "912345678901234"})
    ),
    "product_share": MessengerKind("messages", _carried("template", _product)),
    "appointment_booking": MessengerKind("messages", _carried("appointment_booking", _booking)),
    "echo": MessengerKind("message_echoes", _echo()),
    "echo_metadata": MessengerKind("message_echoes", _echo(metadata="DEVELOPER_DEFINED_METADATA")),
    "echo_inbox": MessengerKind("message_echoes", _echo(app_id=_INBOX_APP_ID)),
    "echo_template": MessengerKind("message_echoes", _echo(_template)),
    "echo_fallback": MessengerKind(
        "message_echoes",
        _echo(lambda _: {"attachments": [{"type": "fallback", "payload": None}]}),
    ),
    "delivery": MessengerKind("message_deliveries", _delivery),
    "delivery_by_time": MessengerKind(
        "message_deliveries",
        lambda facts: {**_heads(facts), "delivery": {"watermark": facts.at_ms}},
    ),
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
    "ad_referral": MessengerKind(
        "messaging_referral",
        _told(
            "referral",
            lambda facts: {**_ADVERT, "ads_context_data": {**_CONTEXT, "photo_url": facts.url}},
        ),
    ),
    "optin": MessengerKind("messaging_optins", _told("optin", _optin)),
    "optin_stop": MessengerKind("messaging_optins", _status("STOP NOTIFICATIONS")),
    "optin_resume": MessengerKind("messaging_optins", _status("RESUME NOTIFICATIONS")),
    "account_linking": MessengerKind(
        "messaging_account_linking",
        _told("account_linking", lambda _: {"status": "linked", "authorization_code": "CODE"}),
    ),
    "account_unlinking": MessengerKind(
        "messaging_account_linking", _told("account_linking", lambda _: {"status": "unlinked"})
    ),
    "feedback": MessengerKind(
        "response_feedback",
        _told("response_feedback", lambda facts: {"feedback": "Good response", "mid": facts.about}),
    ),
    "policy_enforcement": MessengerKind(
        "messaging_policy_enforcement",
        _unspoken("policy_enforcement", lambda facts: {"action": "warning", "reason": facts.text}),
    ),
    "policy_unblock": MessengerKind(
        "messaging_policy_enforcement",
        _unspoken("policy_enforcement", lambda _: {"action": "unblock"}),
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
