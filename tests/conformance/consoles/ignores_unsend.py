"""An unsent message stays as it was."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference
from system_under_test.domain.events import Unsent
from system_under_test.service.handlers import Handler, Handlers


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        table = parts.handlers

        def handlers(ways: Handlers) -> Mapping[type[Any], Handler]:
            return {**table(ways), Unsent: ways.noted}

        return replace(parts, handlers=handlers)

    return reference(vary=vary)
