"""Acknowledges every fifth message and forgets it; sends every fifth answer twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference
from system_under_test.domain.agents import Channel
from system_under_test.domain.customers import Profile
from system_under_test.domain.events import MessageReceived
from system_under_test.domain.messages import Part
from system_under_test.service.arrivals import Arrival, Handler
from system_under_test.service.handlers import Handlers
from system_under_test.service.ports import GraphApi, NewToken

EVERY = 5


@dataclass(frozen=True)
class StutteringGraph:
    """The Graph API, reached by somebody who sometimes says things twice."""

    graph: GraphApi
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def profile(self, channel: Channel, igsid: str) -> Profile:
        return self.graph.profile(channel, igsid)

    def send_text(self, channel: Channel, igsid: str, text: str, tag: str | None = None) -> str:
        if next(self.numbers) % EVERY == 0:
            self.graph.send_text(channel, igsid, text, tag)
        return self.graph.send_text(channel, igsid, text, tag)

    def send_media(self, channel: Channel, igsid: str, part: Part, tag: str | None = None) -> str:
        return self.graph.send_media(channel, igsid, part, tag)

    def refresh_token(self, channel: Channel) -> NewToken:
        return self.graph.refresh_token(channel)

    def subscribe_page(self, channel: Channel, fields: Iterable[str]) -> None:
        self.graph.subscribe_page(channel, fields)


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        table, numbers = parts.handlers, count(1)

        def handlers(ways: Handlers) -> Mapping[type[Any], Handler]:
            usual = table(ways)

            def forgetful(arrival: Arrival, event: Any) -> str:
                if next(numbers) % EVERY == 0:
                    return "forgotten"
                return usual[MessageReceived](arrival, event)

            return {**usual, MessageReceived: forgetful}

        return replace(parts, handlers=handlers, graph=StutteringGraph(parts.graph))

    return reference(vary=vary)
