"""The Graph API's front: bytes in, bytes out, every call into the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

import flask

from fake_meta.domain import wire
from fake_meta.domain.graph_errors import (
    GraphCallError,
    GraphError,
    authenticate_header,
    error_body,
)
from fake_meta.graph_api import versions
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.router import route
from fake_meta.journal import (
    Entry,
    EntryKind,
    EntryOutcome,
    Journal,
    RecordedRequest,
    RecordedResponse,
)

_CALL_HEADERS = {
    "Content-Type": "application/json; charset=UTF-8",
    "Cache-Control": "private, no-cache, no-store, must-revalidate",
    "Pragma": "no-cache",
    "X-App-Usage": '{"call_count":0,"total_time":0,"total_cputime":0}',
}
_METHODS = ("GET", "POST", "DELETE")


def create_blueprint(context: GraphContext, journal: Journal) -> flask.Blueprint:
    """All paths that nobody else claims, with and without version."""
    blueprint = flask.Blueprint("graph_api", __name__)

    @blueprint.route("/<path:path>", methods=_METHODS)
    def graph(path: str) -> flask.Response:
        started, at_ms = perf_counter(), context.world.now_ms()
        request = flask.request
        body = request.get_data()
        answer, fault, version = _answer(context, request, path, body)
        trace_id = context.world.new_trace_id()
        status, content, headers = _rendered(answer, fault, trace_id)
        headers["facebook-api-version"] = version
        headers["x-fb-trace-id"] = trace_id
        journal.append(
            Entry(
                kind=EntryKind.GRAPH_CALL,
                outcome=EntryOutcome.ANSWERED,
                at_ms=at_ms,
                duration_ms=(perf_counter() - started) * 1000,
                customer=answer.customer,
                mids=answer.mids,
                events=(answer.event,),
                request=RecordedRequest(request.method, request.url, dict(request.headers), body),
                response=RecordedResponse(status, headers, content),
                reason=None if fault is None else fault.message,
            )
        )
        return flask.Response(content, status, headers)

    return blueprint


def _answer(
    context: GraphContext, request: flask.Request, path: str, body: bytes
) -> tuple[Answer, GraphCallError | None, str]:
    parts = tuple(part for part in path.split("/") if part)
    version = versions.written(versions.CURRENT)
    try:
        if versions.looks_like_version(parts[0]):
            served = versions.served_version(parts[0])
            if served is None:
                raise GraphCallError(GraphError.UNKNOWN_PATH, path="/" + parts[0])
            version, parts = served, parts[1:]
        call = _read(request, parts, body)
        return route(context, call), None, version
    except GraphCallError as fault:
        about = Answer(None, customer=_customer_in(context, parts), event="error")
        return about, fault, version


def _customer_in(context: GraphContext, parts: tuple[str, ...]) -> str | None:
    """Whose profile a refused call asked for, for the journal."""
    return context.world.username_of(parts[0]) if parts else None


def _rendered(
    answer: Answer, fault: GraphCallError | None, trace_id: str
) -> tuple[int, bytes, dict[str, str]]:
    headers = dict(_CALL_HEADERS)
    if fault is None:
        return 200, wire.encode(answer.body), headers
    headers["WWW-Authenticate"] = authenticate_header(fault)
    return fault.row.status, wire.encode(error_body(fault, trace_id)), headers


def _read(request: flask.Request, parts: tuple[str, ...], body: bytes) -> GraphCall:
    parameters: dict[str, Any] = dict(parse_qsl(request.query_string.decode("latin-1")))
    parameters |= _body_parameters(request, body)
    token = parameters.pop("access_token", None) or _bearer(
        request.headers.get("Authorization", "")
    )
    return GraphCall(request.method, parts, parameters, None if token is None else str(token))


def _body_parameters(request: flask.Request, body: bytes) -> Mapping[str, Any]:
    """Form, multipart or JSON; JSON is also read when the content type does not say so."""
    if not body:
        return {}
    kind = request.mimetype
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return dict(_form(request))
    try:
        parsed = json.loads(body)
    except ValueError:
        raise GraphCallError(
            GraphError.PARAMETER, detail="The request body is not valid JSON."
        ) from None
    return parsed if isinstance(parsed, dict) else {}


def _form(request: flask.Request) -> Iterator[tuple[str, Any]]:
    for name, values in request.form.lists():
        yield name.removesuffix("[]"), values if name.endswith("[]") else values[-1]


def _bearer(authorization: str) -> str | None:
    scheme, _, token = authorization.partition(" ")
    return token.strip() or None if scheme.lower() in ("bearer", "oauth") else None
