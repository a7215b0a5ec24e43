"""The console shows a copy of the story that it serves itself."""

from base64 import b64decode
from dataclasses import replace
from typing import Any

from flask import Flask, Response

from system_under_test.domain.events import StoryMentioned
from system_under_test.settings import from_environment
from tests.conformance.consoles.inbound import seen_as

GIF = b64decode("R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")


def create_app() -> Flask:
    settings = from_environment()
    copy = f"http://{settings.host}:{settings.port}/copies/story.gif"

    def copied(event: StoryMentioned) -> Any:
        parts = tuple(replace(part, url=copy) for part in event.attachments)
        return replace(event, attachments=parts)

    app = seen_as(StoryMentioned, copied)

    @app.get("/copies/story.gif")
    def story() -> Response:
        return Response(GIF, mimetype="image/gif")

    return app
