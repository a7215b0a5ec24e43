"""What the dashboard and a tester can send to the app's callback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from fake_meta.control.company import company_object, company_of
from fake_meta.control.journal import read_query
from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json
from fake_meta.control.requests import json_object, member, text, texts, whole_number
from fake_meta.domain.accounts import Subscription
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.events import INSTAGRAM_OBJECT, PAGE_OBJECT
from fake_meta.domain.signature import Signing
from fake_meta.domain.subscription_fields import FIELDS
from fake_meta.journal import CONDITIONS, EntryKind, told

_FORMS = ("messaging", "changes")
_TIMES = ("same", "fresh")
_MOST_AT_ONCE = 1000
_REPLAY = CONDITIONS | {"seq", "seqs", "entry_time"}


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """Routes under /webhook."""

    @blueprint.post("/webhook/verify")
    def verify() -> Json:
        token = json_object({"verify_token"}).get("verify_token")
        asked = None if token is None else text("verify_token", token)
        result = parts.sender.verify_again(asked)
        return {"verified": result.verified, "error": result.error}

    @blueprint.post("/webhook/subscription")
    def save_subscription() -> Json:
        wishes = json_object({"callback_url", "verify_token", "fields", "object"})
        return _save(parts, wishes)

    @blueprint.post("/webhook/test-event")
    def test_event() -> Json:
        wishes = company_object({"form", "object"})
        form = wishes.get("form")
        if form is not None and form not in _FORMS:
            raise InvalidRequestError(f"form must be messaging or changes, not {form!r}")
        world = company_of(parts.world)()
        return told(parts.sender.test_event(form, world, _object(wishes)))

    @blueprint.post("/webhook/deliver")
    def deliver() -> Json:
        wishes = json_object({"payload", "signature"})
        if "payload" not in wishes:
            raise InvalidRequestError("deliver needs a payload, any JSON value")
        signing = member(Signing, "signature", wishes.get("signature", Signing.VALID))
        return told(parts.sender.deliver(wishes["payload"], signing))

    @blueprint.post("/webhook/redeliver")
    def redeliver() -> Json:
        return _redelivered(parts, dict(json_object(_REPLAY)))


def _redelivered(parts: Parts, wishes: dict[str, Any]) -> Json:
    when = wishes.pop("entry_time", _TIMES[0])
    if when not in _TIMES:
        raise InvalidRequestError(f"entry_time must be same or fresh, not {when!r}")
    fresh = when == "fresh"
    if set(wishes) == {"seq"}:
        seq = whole_number("seq", wishes["seq"])
        return told(parts.sender.redeliver(seq, fresh=fresh))
    chosen = _chosen(parts, wishes)
    return {"entries": [told(parts.sender.redeliver(seq, fresh=fresh)) for seq in chosen]}


def _chosen(parts: Parts, wishes: dict[str, Any]) -> list[int]:
    """The deliveries that a list names, or that conditions of the journal find."""
    listed = wishes.pop("seqs", None)
    if listed is not None:
        if wishes or not isinstance(listed, list) or len(listed) > _MOST_AT_ONCE:
            raise InvalidRequestError(
                f"seqs must be a list of at most {_MOST_AT_ONCE} numbers, and stands alone"
            )
        return [whole_number("seqs", one) for one in listed]
    if not wishes:
        raise InvalidRequestError("name seq, seqs or conditions of the journal")
    query = read_query({"limit": _MOST_AT_ONCE, **wishes, "kind": EntryKind.WEBHOOK_DELIVERY})
    return [entry.seq for entry in parts.journal.find(query)]


def _save(parts: Parts, wishes: Mapping[str, Any]) -> Json:
    """What *Verify and save* of the App Dashboard does (meta-contract §2.2)."""
    url = text("callback_url", wishes.get("callback_url"))
    if not url.startswith(("http://", "https://")):
        raise InvalidRequestError(f"callback_url must begin with http:// or https://, not {url!r}")
    fields = texts("fields", wishes.get("fields", ["messages"]))
    unknown = sorted(set(fields) - FIELDS)
    if unknown or not fields:
        named = repr(unknown[0]) if unknown else "an empty list"
        raise InvalidRequestError(
            f"fields must be some of {', '.join(sorted(FIELDS))}, not {named}"
        )
    about = _object(wishes)
    token = text("verify_token", wishes.get("verify_token", parts.world.app.verify_token))
    result = parts.sender.verify(url, token)
    if result.verified:
        subscription = Subscription(about, url, token, fields)
        parts.world.subscribe_app(subscription, by_dashboard=True)
    return {"verified": result.verified, "error": result.error}


def _object(wishes: Mapping[str, Any]) -> str:
    about = text("object", wishes.get("object", INSTAGRAM_OBJECT))
    if about not in (INSTAGRAM_OBJECT, PAGE_OBJECT):
        raise InvalidRequestError(f"object must be instagram or page, not {about[:40]!r}")
    return about
