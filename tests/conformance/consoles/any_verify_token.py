"""The webhook returns the challenge to whoever asks."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference


def trusting(query: Mapping[str, str], _verify_token: str) -> str | None:
    return query.get("hub.challenge")


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        return replace(parts, doors=replace(parts.doors, answer_challenge=trusting))

    return reference(vary=vary)
