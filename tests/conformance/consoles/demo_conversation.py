"""An agent who is able to receive is shown a made-up conversation, which comes back after End."""

import json
import time
from dataclasses import dataclass

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue

from system_under_test.app import create_app as reference

RETURNS_AFTER_S = 0.4
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
    "messages": [],
    "previous": [],
}


@dataclass
class Demo:
    """Whether the agent receives, and when the made-up conversation was ended last."""

    receives: bool = False
    ended_at_s: float = 0.0

    def event(self) -> tuple[str, object]:
        is_back = time.monotonic() - self.ended_at_s > RETURNS_AFTER_S
        if self.receives and is_back:
            return "conversation_opened", DEMO
        return "conversation_ended", {"id": "0"}


def create_app() -> Flask:
    app = reference()
    demo = Demo()

    @app.before_request
    def answer_for_demo() -> ResponseReturnValue | None:
        if request.path.endswith("/conversations/0/end"):
            demo.ended_at_s = time.monotonic()
        return jsonify(DEMO) if "/conversations/0" in request.path else None

    @app.after_request
    def tell_of_demo(response: Response) -> Response:
        if request.path.endswith("/api/status") and response.status_code == 200:
            demo.receives = json.loads(response.get_data())["routable"]
        if request.path.endswith("/api/events") and response.status_code == 200:
            told = json.loads(response.get_data())
            kind, data = demo.event()
            told["events"].append({"id": told["cursor"], "type": kind, "data": data})
            response.set_data(json.dumps(told))
        return response

    return app
