"""A second sign-in of the same agent leaves the first one at work."""

from dataclasses import fields, replace

from flask import Flask

from system_under_test.app import create_app as reference
from system_under_test.domain.agents import Agent
from system_under_test.service.records import Records
from system_under_test.service.signin import SignIn
from system_under_test.web.console import EXTENSION


class Generous(SignIn):
    def _take_over(self, records: Records, agent: Agent, now_ms: int) -> None:
        records.agents.set_status(agent.id, "not_ready", now_ms)


def create_app() -> Flask:
    app = reference()
    console = app.extensions[EXTENSION]
    parts = {field.name: getattr(console.sign_in, field.name) for field in fields(SignIn)}
    app.extensions[EXTENSION] = replace(console, sign_in=Generous(**parts))
    return app
