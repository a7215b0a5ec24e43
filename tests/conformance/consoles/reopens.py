"""After End, the customer's next message reopens the old conversation."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference
from system_under_test.domain.events import MessageReceived
from system_under_test.service.handlers import Arrival, Handler, Handlers


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        table = parts.handlers

        def handlers(ways: Handlers) -> Mapping[type[Any], Handler]:
            usual = table(ways)

            def reopen(arrival: Arrival, event: MessageReceived) -> str:
                conversations: Any = arrival.records.conversations
                customer = arrival.records.customers.find(arrival.channel.id, event.customer_id)
                latest = conversations.latest_of(customer.id) if customer else None
                if latest is not None and latest.state == "ended":
                    conversations._change(latest.id, state="queued", ended_at_ms=None)
                    outcome = usual[MessageReceived](arrival, event)
                    ways.router.run(arrival.records, "reopened")
                    return outcome
                return usual[MessageReceived](arrival, event)

            return {**usual, MessageReceived: reopen}

        return replace(parts, handlers=handlers)

    return reference(vary=vary)
