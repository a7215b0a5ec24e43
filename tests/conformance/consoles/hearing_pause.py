"""An agent in a pause still receives conversations."""

from dataclasses import replace

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        statuses = tuple(
            replace(status, routable=status.routable or status.id.startswith("pause"))
            for status in parts.statuses
        )
        return replace(parts, statuses=statuses)

    return reference(vary=vary)
