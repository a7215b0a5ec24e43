"""The console never asks the browser for permission to show notifications."""

from flask import Flask, Response, request

from system_under_test.app import create_app as reference

ASKING = "Notification.requestPermission("


def create_app() -> Flask:
    app = reference()

    @app.after_request
    def keep_quiet(response: Response) -> Response:
        if request.path.endswith("/notifications.js"):
            response.direct_passthrough = False
            script = response.get_data(as_text=True)
            assert ASKING in script
            response.set_data(script.replace(ASKING, "Promise.resolve("))
        return response

    return app
