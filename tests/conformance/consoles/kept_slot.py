"""After End the position still counts as taken on the agent's screen."""

import json

from flask import Flask, Response, request

from system_under_test.app import create_app as reference


def create_app() -> Flask:
    app = reference()
    last: dict[int, str] = {}

    @app.after_request
    def keep(response: Response) -> Response:
        if request.path.endswith("/api/state") and response.status_code == 200:
            state = json.loads(response.get_data())
            for slot in state["slots"]:
                slot["conversation_id"] = slot["conversation_id"] or last.get(slot["number"])
                last[slot["number"]] = slot["conversation_id"]
            response.set_data(json.dumps(state))
        return response

    return app
