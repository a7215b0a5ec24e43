"""A refusal gives away whether the login exists."""

from dataclasses import replace

from flask import Flask

from system_under_test.app import Parts
from system_under_test.app import create_app as reference

SENTENCES = {
    "unknown_login": "login.incomplete",
    "wrong_password": "login.invalid_credentials",
}


def create_app() -> Flask:
    def vary(parts: Parts) -> Parts:
        return replace(parts, doors=replace(parts.doors, refusal_key=SENTENCES.__getitem__))

    return reference(vary=vary)
