"""While nothing is open, an agent who is able to receive sees a made-up conversation."""

import json
import time

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue

from system_under_test.app import create_app as reference

HIDDEN_S = 0.4  # after its End it comes back
DEMO = {
    "id": "0",
    "protocol": "demo",
    "state": "active",
    "slot": 8,
    "name": "Demo Customer",
    "customer": {"igsid": "0", "name": "Demo Customer", "username": None, "avatar_url": None},
    "channel": {"kind": "instagram", "username": "demo"},
    "unread": 1,
    "preview": "Welcome to your new console!",
    "last_at_ms": 1,
    "opened_at_ms": 1,
    "ended_at_ms": None,
}


def create_app() -> Flask:
    app = reference()
    ended_at = [0.0]

    @app.before_request
    def demo() -> ResponseReturnValue | None:
        if request.path.endswith("/conversations/0/end"):
            ended_at[0] = time.monotonic()
        is_demo = "/conversations/0" in request.path
        return jsonify({**DEMO, "messages": [], "previous": []}) if is_demo else None

    @app.after_request
    def add_demo(response: Response) -> Response:
        if request.path.endswith("/api/state") and response.status_code == 200:
            state = json.loads(response.get_data())
            is_shown = time.monotonic() - ended_at[0] > HIDDEN_S and state["status"]["routable"]
            if is_shown and not state["conversations"]:
                state["conversations"] = [DEMO]
                response.set_data(json.dumps(state))
        return response

    return app
