"""Events of Messenger, `object: page`, on demand (meta-contract §3.13)."""

from __future__ import annotations

import flask

from fake_meta.control.company import company_object, company_of
from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json
from fake_meta.control.requests import text
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.messenger_events import MESSENGER_KINDS
from fake_meta.journal import told

_WORDS = ("text", "url", "mid")


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The route /webhook/messenger."""
    company = company_of(parts.world)

    @blueprint.post("/webhook/messenger")
    def messenger() -> Json:
        wishes = company_object({"customer", "event", *_WORDS})
        name = text("event", wishes.get("event", "message"))
        if name not in MESSENGER_KINDS:
            known = ", ".join(MESSENGER_KINDS)
            raise InvalidRequestError(f"event must be one of {known}, not {name[:40]!r}")
        customer = text("customer", wishes.get("customer"))
        words = {one: text(one, wishes[one]) for one in _WORDS if one in wishes}
        world = company()
        facts = world.messenger_facts(customer, words)
        return told(parts.sender.messenger(name, facts, world, customer))
