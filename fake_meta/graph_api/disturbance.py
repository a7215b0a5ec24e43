"""Graph calls while faults are on: late, refused, done but not told (meta-contract §7, §12)."""

from __future__ import annotations

from string import Formatter

from fake_meta.domain.graph_errors import ALL_ERRORS, AnyError, GraphCallError
from fake_meta.domain.tokens import written_time
from fake_meta.faults import CallKind, CallPlan
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.router import route
from fake_meta.journal import Query, RecordedResponse

_HOUR_MS = 3_600_000
_LOGIN_WORDS = frozenset({"oauth", "access_token", "refresh_access_token"})
_SUBSCRIPTIONS = frozenset({"subscriptions", "subscribed_apps"})


class DisturbedCallError(GraphCallError):
    """A refusal that a fault asked for."""

    def __init__(self, error: AnyError, plan: CallPlan, now_ms: int) -> None:
        times = {"then": written_time(now_ms - _HOUR_MS), "now": written_time(now_ms)}
        names = [name for _, name, _, _ in Formatter().parse(error.value.text) if name]
        super().__init__(error, **{name: times.get(name, name) for name in names})
        self.faults = plan.faults
        self.status = plan.status
        self.headers = {"Retry-After": str(plan.retry_after_s)} if plan.retry_after_s else {}


def route_disturbed(context: GraphContext, call: GraphCall) -> Answer:
    """`route`, with what the faults that are on make of it."""
    path = "/" + "/".join(call.path)
    plan = context.faults.call_plan(kind_of(call), path, lambda: _customer(context, call))
    if plan.delay_s:
        context.stopping.wait(plan.delay_s)
    if plan.error is not None and not plan.is_handled:
        raise DisturbedCallError(error_of(*plan.error), plan, context.world.now_ms())
    answer = route(context, call)
    if plan.awaits_echo_s:
        _await_echo(context, answer, plan.awaits_echo_s)
    if plan.error is not None:
        raise DisturbedCallError(error_of(*plan.error), plan, context.world.now_ms())
    answer.faults, answer.is_cut = plan.faults, plan.is_cut
    return answer


def kind_of(call: GraphCall) -> CallKind:
    """What the call is about."""
    if _LOGIN_WORDS.intersection(call.path):
        return CallKind.LOGIN
    if _SUBSCRIPTIONS.intersection(call.path):
        return CallKind.SUBSCRIBE
    if call.method == "POST" and call.path[-1:] == ("messages",):
        return CallKind.SEND
    return CallKind.READ if call.method == "GET" else CallKind.OTHER


def error_of(code: int, subcode: int | None) -> AnyError:
    """The row of the table; a fault is only switched on for one that is there."""
    return next(
        error for error in ALL_ERRORS if (error.value.code, error.value.subcode) == (code, subcode)
    )


def cut(response: RecordedResponse) -> RecordedResponse:
    """The first half of the answer under the length of the whole."""
    headers = {**response.headers, "Content-Length": str(len(response.body))}
    half = response.body[: len(response.body) // 2]
    return RecordedResponse(response.status, headers, half)


def is_cut(response: RecordedResponse) -> bool:
    """Whether the connection is to end within the answer."""
    return len(response.body) < int(response.headers.get("Content-Length", 0))


def _await_echo(context: GraphContext, answer: Answer, longest_s: float) -> None:
    for mid in answer.mids[:1]:
        context.journal.find(Query(kind="webhook_delivery", mid=mid), longest_s)


def _customer(context: GraphContext, call: GraphCall) -> str | None:
    """Whom the call is about: the node that it reads, or to whom it writes."""
    try:
        recipient = call.object("recipient") or {}
    except GraphCallError:
        recipient = {}
    named = recipient.get("id") or (call.path[0] if call.path else "")
    return context.world.username_of(str(named))
