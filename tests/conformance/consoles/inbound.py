"""For variations that see a customer's event differently."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference
from system_under_test.service.handlers import Arrival, Handler, Handlers

Change = Callable[[Any], Any]


def seen_as(kind: type[Any], change: Change) -> Flask:
    """The reference console, which takes events of `kind` for what `change` makes of them."""

    def vary(parts: Parts) -> Parts:
        table = parts.handlers

        def handlers(ways: Handlers) -> Mapping[type[Any], Handler]:
            usual = table(ways)

            def changed(arrival: Arrival, event: Any) -> str:
                return usual[kind](arrival, change(event))

            return {**usual, kind: changed}

        return replace(parts, handlers=handlers)

    return reference(vary=vary)
