"""After End the position still counts as taken on the agent's screen."""

import json
from dataclasses import replace

from flask import Flask, Response, request

from system_under_test.app import Parts
from system_under_test.app import create_app as reference
from system_under_test.domain.conversations import Conversation
from system_under_test.service.attendance import end_conversation
from system_under_test.service.records import Records


def create_app() -> Flask:
    last: dict[int | None, str] = {}

    def end(records: Records, conversation: Conversation, now_ms: int) -> Conversation:
        last[conversation.slot] = str(conversation.id)
        return end_conversation(records, conversation, now_ms)

    def vary(parts: Parts) -> Parts:
        return replace(parts, end_rule=end)

    app = reference(vary=vary)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.path.endswith("/api/state") and response.status_code == 200:
            state = json.loads(response.get_data())
            for slot in state["slots"]:
                slot["conversation_id"] = slot["conversation_id"] or last.get(slot["number"])
            response.set_data(json.dumps(state))
        return response

    return app
