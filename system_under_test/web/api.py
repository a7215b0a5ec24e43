"""The agent's JSON API (docs/console.md)."""

from __future__ import annotations

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from system_under_test.web import guard
from system_under_test.web.console import console
from system_under_test.web.entrance import ROOT
from system_under_test.web.given import cursor, field, flag
from system_under_test.web.guard import signed_in

api = Blueprint("api", __name__, url_prefix=f"{ROOT}/api")


@api.get("/state")
@signed_in
def state() -> ResponseReturnValue:
    """STATE."""
    secret = guard.cookie_of(guard.SESSION_COOKIE)
    return jsonify(
        **console().desk.state(g.session),
        csrf_token=guard.csrf_token(secret),
        language=console().language,
        reply_goal_ms=console().reply_goal_s * 1000,
    )


@api.post("/status")
@signed_in
def select_status() -> ResponseReturnValue:
    """Change the status."""
    return jsonify(console().desk.select_status(g.session.agent_id, field("status") or ""))


@api.get("/conversations/<id:conversation_id>")
@signed_in
def conversation(conversation_id: int) -> ResponseReturnValue:
    """CONVERSATION with messages and previous."""
    return jsonify(console().desk.conversation(g.session.agent_id, conversation_id))


@api.post("/conversations/<id:conversation_id>/messages")
@signed_in
def reply(conversation_id: int) -> ResponseReturnValue:
    """Send a reply."""
    text, key = field("text") or "", field("idempotency_key")
    return jsonify(console().desk.reply(g.session.agent_id, conversation_id, text, key)), 202


@api.post("/conversations/<id:conversation_id>/messages/<id:message_id>/retry")
@signed_in
def send_again(conversation_id: int, message_id: int) -> ResponseReturnValue:
    """Send a reply that has failed once more."""
    return jsonify(console().desk.send_again(g.session.agent_id, conversation_id, message_id)), 202


@api.post("/conversations/<id:conversation_id>/notes")
@signed_in
def add_note(conversation_id: int) -> ResponseReturnValue:
    """Leave an internal note, which is never sent."""
    text = field("text") or ""
    return jsonify(console().noting.add(g.session.agent_id, conversation_id, text)), 201


@api.post("/conversations/<id:conversation_id>/read")
@signed_in
def mark_read(conversation_id: int) -> ResponseReturnValue:
    """Nothing unread any more."""
    return jsonify(console().desk.mark_read(g.session.agent_id, conversation_id))


@api.post("/conversations/<id:conversation_id>/end")
@signed_in
def end(conversation_id: int) -> ResponseReturnValue:
    """End the conversation; its `category` spares the wrap-up where only that is wanted."""
    category = field("category")
    return jsonify(console().desk.end(g.session.agent_id, conversation_id, category))


@api.post("/conversations/<id:conversation_id>/finish")
@signed_in
def finish(conversation_id: int) -> ResponseReturnValue:
    """Finish the wrap-up."""
    category = field("category")
    return jsonify(console().desk.finish(g.session.agent_id, conversation_id, category))


@api.post("/conversations/<id:conversation_id>/accept")
@signed_in
def accept(conversation_id: int) -> ResponseReturnValue:
    """Take an offered conversation."""
    return jsonify(console().transfers.accept(g.session.agent_id, conversation_id))


@api.post("/conversations/<id:conversation_id>/decline")
@signed_in
def decline(conversation_id: int) -> ResponseReturnValue:
    """Let an offered conversation pass."""
    console().transfers.decline(g.session.agent_id, conversation_id)
    return jsonify(ok=True)


@api.get("/transfer-targets")
@signed_in
def transfer_targets() -> ResponseReturnValue:
    """Agents and services to which a conversation can be passed on."""
    return jsonify(console().transfers.targets(g.session.agent_id))


@api.post("/conversations/<id:conversation_id>/transfer")
@signed_in
def transfer(conversation_id: int) -> ResponseReturnValue:
    """Pass the conversation on, to an agent or to a service."""
    agent, service = field("agent"), field("service")
    giver = g.session.agent_id
    if (agent is None) == (service is None):
        return jsonify(error="one_target", message=guard.text("refusal.one_target")), 422
    if agent is not None:
        moved = console().transfers.to_agent(conversation_id, agent, giver=giver, wait=flag("wait"))
    else:
        moved = console().transfers.to_service(conversation_id, service or "", giver=giver)
    return jsonify(id=moved["id"], state=moved["state"])


@api.get("/my-day")
@signed_in
def my_day() -> ResponseReturnValue:
    """What the agent has done since a moment."""
    since_ms = cursor(request.args.get("since_ms", ""))
    if since_ms is None:
        return jsonify(error="bad_since", message=guard.text("refusal.bad_since")), 400
    return jsonify(console().my_day.since(g.session.agent_id, since_ms))


@api.get("/routing-log")
@signed_in
def routing_log() -> ResponseReturnValue:
    """Routing decisions of the agent's services."""
    after = cursor(request.args.get("after", "0"))
    if after is None:
        return jsonify(error="bad_cursor"), 400
    return jsonify(entries=console().desk.routing_log(g.session.agent_id, after))
