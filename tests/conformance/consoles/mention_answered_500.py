"""Story mentions are stored, but Meta hears 500."""

from dataclasses import replace

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference
from system_under_test.service.intake import Intake
from system_under_test.web.console import receive


def stumbling(intake: Intake, raw: bytes, headers: str) -> tuple[str, int]:
    answer = receive(intake, raw, headers)
    return ("", 500) if b'"story_mention"' in raw else answer


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        return replace(parts, doors=replace(parts.doors, receive=stumbling))

    return reference(vary=vary)
