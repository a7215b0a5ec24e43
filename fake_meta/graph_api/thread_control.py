"""Calls that move a thread between two apps (meta-contract §3.11)."""

from __future__ import annotations

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext

_MOST_METADATA = 1000


def pass_control(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /me/pass_thread_control` to `target_app_id`."""
    target = call.required("target_app_id")
    context.world.pass_control(_recipient(call), target, _metadata(call))
    return _done(context, call)


def take_control(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /me/take_thread_control`."""
    context.world.take_control(_recipient(call), _metadata(call))
    return _done(context, call)


def request_control(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /me/request_thread_control`: the other app decides."""
    context.world.request_control(_recipient(call), _metadata(call))
    return _done(context, call)


def release_control(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /me/release_thread_control`: back to the default app, or to everybody."""
    context.world.release_control(_recipient(call))
    return _done(context, call)


def extend_control(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /me/extend_thread_control`: up to 7 days."""
    context.world.extend_control(_recipient(call))
    return _done(context, call)


def _recipient(call: GraphCall) -> str:
    igsid = (call.object("recipient") or {}).get("id")
    if not igsid:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="recipient")
    return str(igsid)


def _metadata(call: GraphCall) -> str | None:
    metadata = call.text("metadata")
    if metadata is not None and len(metadata) > _MOST_METADATA:
        detail = f"Length of param metadata must be less than or equal to {_MOST_METADATA}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return metadata


def _done(context: GraphContext, call: GraphCall) -> Answer:
    customer = context.world.username_of(_recipient(call))
    return Answer({"success": True}, customer=customer, event="thread_control")
