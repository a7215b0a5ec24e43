"""What the dashboard and a tester can send to the app's callback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json, entry_json
from fake_meta.control.requests import json_object, member, text, texts, whole_number
from fake_meta.domain.accounts import Subscription
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.signature import Signing
from fake_meta.domain.subscription_fields import FIELDS
from fake_meta.world.core import INSTAGRAM_OBJECT

_FORMS = ("messaging", "changes")


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
        wishes = json_object({"callback_url", "verify_token", "fields"})
        return _save(parts, wishes)

    @blueprint.post("/webhook/test-event")
    def test_event() -> Json:
        usual = parts.world.choices.test_button
        form = json_object({"form"}).get("form", usual)
        if form not in _FORMS:
            raise InvalidRequestError(f"form must be messaging or changes, not {form!r}")
        return entry_json(parts.sender.test_event(in_changes=form == "changes"))

    @blueprint.post("/webhook/deliver")
    def deliver() -> Json:
        wishes = json_object({"payload", "signature"})
        if "payload" not in wishes:
            raise InvalidRequestError("deliver needs a payload, any JSON value")
        signing = member(Signing, "signature", wishes.get("signature", Signing.VALID))
        return entry_json(parts.sender.deliver(wishes["payload"], signing))

    @blueprint.post("/webhook/redeliver")
    def redeliver() -> Json:
        seq = whole_number("seq", json_object({"seq"}).get("seq"))
        return entry_json(parts.sender.redeliver(seq))


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
    token = text("verify_token", wishes.get("verify_token", parts.world.app.verify_token))
    result = parts.sender.verify(url, token)
    if result.verified:
        subscription = Subscription(INSTAGRAM_OBJECT, url, token, fields)
        parts.world.subscribe_app(subscription, by_dashboard=True)
    return {"verified": result.verified, "error": result.error}
