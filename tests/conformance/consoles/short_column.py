"""The column for texts holds 400 characters."""

from dataclasses import replace

from flask import Flask

from system_under_test.domain.events import MessageReceived
from tests.conformance.consoles.inbound import seen_as


def create_app() -> Flask:
    return seen_as(MessageReceived, lambda event: replace(event, text=event.text[:400]))
