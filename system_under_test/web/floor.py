"""The supervisor's JSON API (docs/console.md)."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from system_under_test.service.metrics import MOST_MINUTES, THRESHOLD_S
from system_under_test.service.supervision import HIGHEST_PRIORITY
from system_under_test.web.console import console
from system_under_test.web.entrance import ROOT
from system_under_test.web.given import cursor, field, flag, whole_number
from system_under_test.web.guard import supervising, text

floor = Blueprint("floor", __name__, url_prefix=f"{ROOT}/api/floor")
_MOST_THRESHOLD_S = 24 * 3600


@floor.get("")
@supervising
def whole() -> ResponseReturnValue:
    """FLOOR."""
    return jsonify(console().supervision.floor())


@floor.get("/metrics")
@supervising
def metrics() -> ResponseReturnValue:
    """METRICS of the last minutes."""
    minutes = cursor(request.args.get("minutes", "60"))
    threshold_s = cursor(request.args.get("threshold_s", str(THRESHOLD_S)))
    if minutes is None or not 1 <= minutes <= MOST_MINUTES:
        return jsonify(
            error="bad_minutes", message=text("refusal.bad_minutes", most=MOST_MINUTES)
        ), 400
    if threshold_s is None or threshold_s > _MOST_THRESHOLD_S:
        sentence = text("refusal.bad_threshold", most=_MOST_THRESHOLD_S)
        return jsonify(error="bad_threshold", message=sentence), 400
    return jsonify(console().metrics.report(minutes, threshold_s))


@floor.get("/routing-log")
@supervising
def routing_log() -> ResponseReturnValue:
    """The newest decisions of all services."""
    return jsonify(entries=console().supervision.log())


@floor.get("/conversations/<id:conversation_id>")
@supervising
def peek(conversation_id: int) -> ResponseReturnValue:
    """Any CONVERSATION with its messages."""
    return jsonify(console().supervision.peek(conversation_id))


@floor.get("/conversations/<id:conversation_id>/export")
@supervising
def export(conversation_id: int) -> ResponseReturnValue:
    """All about a conversation, as a file."""
    answer = jsonify(console().supervision.export(conversation_id))
    name = f"conversation-{conversation_id}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@floor.post("/conversations/<id:conversation_id>/assign")
@supervising
def assign(conversation_id: int) -> ResponseReturnValue:
    """Give it to an agent, from the queue or from another agent, within the positions."""
    login, wait = field("agent") or "", flag("wait")
    transfers = console().transfers
    return jsonify(transfers.to_agent(conversation_id, login, giver=None, wait=wait))


@floor.post("/conversations/<id:conversation_id>/requeue")
@supervising
def requeue(conversation_id: int) -> ResponseReturnValue:
    """Back to its service's queue, or on to another's."""
    service = field("service")
    if service is not None:
        return jsonify(console().transfers.to_service(conversation_id, service, giver=None))
    return jsonify(console().transfers.requeue(conversation_id))


@floor.post("/conversations/<id:conversation_id>/end")
@supervising
def end(conversation_id: int) -> ResponseReturnValue:
    """End it, wherever it is."""
    return jsonify(console().supervision.end(conversation_id))


@floor.post("/conversations/<id:conversation_id>/priority")
@supervising
def priority(conversation_id: int) -> ResponseReturnValue:
    """Change its priority."""
    value = whole_number("priority", 0, HIGHEST_PRIORITY)
    if value is None:
        sentence = f"priority: a whole number from 0 to {HIGHEST_PRIORITY}"
        return jsonify(error="bad_priority", message=sentence), 422
    return jsonify(console().supervision.set_priority(conversation_id, value))


@floor.post("/agents/<login>/status")
@supervising
def force_status(login: str) -> ResponseReturnValue:
    """Change an agent's status."""
    return jsonify(console().supervision.force_status(login, field("status") or ""))


@floor.post("/agents/<login>/sign-out")
@supervising
def sign_out(login: str) -> ResponseReturnValue:
    """Sign an agent out, whatever they hold."""
    console().supervision.sign_out(login)
    return jsonify(ok=True)
