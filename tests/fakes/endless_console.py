"""A console whose application window runs a script that never ends."""

from flask import Flask, Response, request

from system_under_test.app import create_app as reference


def create_app() -> Flask:
    app = reference()

    @app.after_request
    def hang(response: Response) -> Response:
        if request.path.endswith("/console/main.js"):
            response.direct_passthrough = False
            response.set_data("setTimeout(() => { for (;;); }, 300)")
        return response

    return app
