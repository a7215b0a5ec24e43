"""The address of the submission leads through the vendor's portal before the login page."""

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from system_under_test.app import create_app as reference

ROOT = "/interact_multiagent"


def create_app() -> Flask:
    app = reference()

    @app.before_request
    def detour() -> ResponseReturnValue | None:
        is_address = request.path.rstrip("/") == ROOT and request.method == "GET"
        return redirect("/portal") if is_address and not request.args else None

    @app.get("/portal")
    def portal() -> ResponseReturnValue:
        return redirect(f"{ROOT}?solution=interact")

    return app
