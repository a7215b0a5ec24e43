"""What the dashboard and a tester can send to the app's callback."""

from __future__ import annotations

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json, entry_json
from fake_meta.control.requests import json_object, member, text, whole_number
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.signature import Signing

_FORMS = ("messaging", "changes")


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """Routes under /webhook."""

    @blueprint.post("/webhook/verify")
    def verify() -> Json:
        token = json_object({"verify_token"}).get("verify_token")
        asked = None if token is None else text("verify_token", token)
        result = parts.sender.verify_again(asked)
        return {"verified": result.verified, "error": result.error}

    @blueprint.post("/webhook/test-event")
    def test_event() -> Json:
        form = json_object({"form"}).get("form", _FORMS[0])
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
