"""A story mention arrives, but without the story."""

from dataclasses import replace

from flask import Flask

from system_under_test.domain.events import StoryMentioned
from tests.conformance.consoles.inbound import seen_as


def create_app() -> Flask:
    return seen_as(StoryMentioned, lambda event: replace(event, attachments=()))
