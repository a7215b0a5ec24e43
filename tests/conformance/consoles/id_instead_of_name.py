"""The conversation carries the customer's IGSID, as it does without instagram_basic."""

from dataclasses import replace

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        return replace(parts, display_name=lambda customer, _medium: customer.igsid)

    return reference(vary=vary)
