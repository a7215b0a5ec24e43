"""A customer without a readable profile is given somebody's name."""

from dataclasses import replace

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        return replace(
            parts, display_name=lambda customer, _medium: customer.name or "Joana Pereira"
        )

    return reference(vary=vary)
