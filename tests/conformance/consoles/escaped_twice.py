"""Texts are escaped for HTML before they are stored, and once more when they are shown."""

import html
from dataclasses import replace

from flask import Flask

from system_under_test.domain.events import MessageReceived
from tests.conformance.consoles.inbound import seen_as


def create_app() -> Flask:
    return seen_as(
        MessageReceived, lambda event: replace(event, text=html.escape(event.text, quote=False))
    )
