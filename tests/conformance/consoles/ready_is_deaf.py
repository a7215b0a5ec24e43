"""An agent whose status is Ready receives nothing."""

from dataclasses import replace

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        statuses = tuple(
            replace(status, routable=status.routable and status.id != "ready")
            for status in parts.statuses
        )
        return replace(parts, statuses=statuses)

    return reference(vary=vary)
