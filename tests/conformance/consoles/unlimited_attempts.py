"""Nobody counts wrong passwords."""

from dataclasses import replace

from flask import Flask

from system_under_test.app import create_app as reference
from system_under_test.service.gatekeeper import Gatekeeper
from system_under_test.web.console import EXTENSION


class Asleep(Gatekeeper):
    def admit(self, login: str, address: str) -> None:
        """Let everybody pass, and count nothing."""


def create_app() -> Flask:
    app = reference()
    console = app.extensions[EXTENSION]
    sign_in = replace(
        console.sign_in, gatekeeper=Asleep(console.sign_in.store, console.sign_in.clock)
    )
    app.extensions[EXTENSION] = replace(console, sign_in=sign_in)
    return app
