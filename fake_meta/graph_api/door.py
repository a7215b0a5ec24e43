"""The Graph API's front: a request in, bytes out, every call into the journal.

One handler behind two doors: Flask's catch-all, and a short way for paths that begin with a
version, which no other part of the emulator claims. Benchmarks ask for the short way: Flask takes
more time than the answer.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from time import perf_counter
from typing import Any

import flask

from fake_meta.domain import wire
from fake_meta.domain.error_answer import authenticate_header, error_body
from fake_meta.domain.error_choices import in_force, status_of
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.localized_errors import texts_of
from fake_meta.graph_api import versions
from fake_meta.graph_api.batch import answer_batch, is_batch
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.disturbance import DisturbedCallError, cut, is_cut, route_disturbed
from fake_meta.graph_api.etag import is_known, tag_of
from fake_meta.graph_api.request import GraphRequest, from_environ
from fake_meta.graph_api.router import route
from fake_meta.graph_api.tokens import identify
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
}
_CURRENT = versions.written(versions.CURRENT)
_REVISION = "1031234567"
_IDS = re.compile(r"(^|&)ids(=|\[|%5B)", re.IGNORECASE)
OK, NOT_MODIFIED = 200, 304
_METHODS = ("GET", "POST", "DELETE")
_HEAD = "HEAD"
_READS = ("GET", _HEAD)
_ELSEWHERE = ("OPTIONS",)
"""Methods that the pages answer; all others get the envelope, also those that Meta does not have
for any node.
"""

_REFUSED = ("PUT", "PATCH")
_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}

_KIND, _OUTCOME = EntryKind.GRAPH_CALL, EntryOutcome.ANSWERED

_new_tuple = tuple.__new__
WsgiApp = Callable[..., Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class GraphDoor:
    """Answers requests and journals them."""

    context: GraphContext
    journal: Journal

    def answer(self, request: GraphRequest) -> RecordedResponse:
        """What Meta would answer; the call is in the journal before this returns."""
        return self._answer(request, is_item=False)

    def _answer(self, request: GraphRequest, *, is_item: bool) -> RecordedResponse:
        world = self.context.world
        started, at_ms = perf_counter(), world.now_ms()
        counted: list[str] = []
        about, fault, version = self._routed(request, counted, is_item=is_item)
        trace_id = world.new_trace_id()
        spent_us = int((perf_counter() - started) * 1_000_000)
        headers = {**_CALL_HEADERS, **world.usage_headers(counted, spent_us, at_ms)}
        headers["facebook-api-version"] = version
        headers["x-fb-trace-id"] = trace_id
        if world.choices.answer_headers == "many":
            headers |= _more_headers(trace_id)
        if fault is not None:
            response = self._refused(fault, request, headers, trace_id)
        elif about.status == OK and request.method in _READS:
            response = _tagged(wire.encode(about.body), headers, request)
        else:
            response = RecordedResponse(about.status, headers, wire.encode(about.body))
        if about.is_cut:
            response = cut(response)
        reason = None if fault is None else fault.message
        spent_ms = (perf_counter() - started) * 1000
        self._record(about, (at_ms, spent_ms), request.recorded(), response, reason)
        return response

    def _record(
        self,
        about: Answer,
        timing: tuple[int, float],
        request: RecordedRequest,
        response: RecordedResponse,
        reason: str | None,
    ) -> None:
        """Into the journal; by the order of its fields an entry is made in half of the time."""
        fields = (
            _KIND, _OUTCOME, *timing, about.customer, about.mids, (about.event,),
            None, request, response, reason, 0, about.faults,
        )  # fmt: skip
        self.journal.append(_new_tuple(Entry, fields))

    def _routed(
        self, request: GraphRequest, counted: list[str], *, is_item: bool
    ) -> tuple[Answer, GraphCallError | None, str]:
        _, parts, served = request.place
        version = served or _CURRENT
        try:
            if served is None:
                raise GraphCallError(GraphError.UNKNOWN_VERSION, path="/" + parts[0])
            call = _call(request, parts, version, counted)
            if is_batch(call) and not is_item:
                return self._batch(request, call), None, version
            handle = route_disturbed if self.context.faults.has_graph_faults else route
            return handle(self.context, call), None, version
        except GraphCallError as fault:
            customer = self.context.world.username_of(parts[0]) if parts else None
            if isinstance(fault, DisturbedCallError):  # asked for to the letter
                about = Answer(None, customer=customer, event="error", faults=fault.faults)
                return about, fault, version
            refused = self._chosen(fault, request, parts)
            return Answer(None, customer=customer, event="error"), refused, version

    def _chosen(
        self, fault: GraphCallError, request: GraphRequest, parts: tuple[str, ...]
    ) -> GraphCallError:
        """What the choices in force make of a refusal."""
        choices, asked = self.context.world.choices, "/".join(parts[:1])
        return in_force(fault, choices, verb=request.method.lower(), id=asked)

    def _refused(
        self, fault: GraphCallError, request: GraphRequest, headers: dict[str, str], trace_id: str
    ) -> RecordedResponse:
        choices = self.context.world.choices
        headers["WWW-Authenticate"] = authenticate_header(fault)
        texts = texts_of(request.locale or choices.locale)
        body = wire.encode(error_body(fault, trace_id, texts))
        status = status_of(fault, choices)
        if isinstance(fault, DisturbedCallError):
            headers.update(fault.headers)
            status = fault.status or status
        return RecordedResponse(status, headers, body)

    def _batch(self, request: GraphRequest, call: GraphCall) -> Answer:
        """Every item goes into the journal as a call of its own, before the batch."""
        identify(self.context.world, call, self.context.world.now_ms())
        return answer_batch(request, call, partial(self._answer, is_item=True))


def _more_headers(trace_id: str) -> dict[str, str]:
    """What general experience sees beside the documented headers (meta-contract §1.3)."""
    debug = base64.b64encode(trace_id.encode() * 3).decode()
    return {"x-fb-request-id": trace_id, "x-fb-rev": _REVISION, "x-fb-debug": debug}


def create_blueprint(door: GraphDoor) -> flask.Blueprint:
    """All paths that nobody else claims, with and without version."""
    blueprint = flask.Blueprint("graph_api", __name__)

    @blueprint.route("/<path:path>", methods=(*_METHODS, *_REFUSED, "TRACE"))
    def graph(path: str) -> flask.Response:
        assert path
        response = door.answer(from_environ(flask.request.environ))
        answer = flask.Response(iter([response.body]), response.status, dict(response.headers))
        answer.headers["Content-Length"] = _length(response)
        return answer

    return blueprint


def short_way(door: GraphDoor, behind: WsgiApp) -> WsgiApp:
    """A WSGI application that answers versioned Graph calls itself and leaves the rest.

    Of the root address it takes batches and `?ids=`.
    """

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        is_mine = path[:2] == "/v" and path[2:3].isdigit()
        if not is_mine and path in ("", "/"):
            is_mine = method == "POST" or bool(_IDS.search(environ.get("QUERY_STRING", "")))
        if not is_mine or method in _ELSEWHERE:
            return behind(environ, start_response)
        response = door.answer(from_environ(environ))
        headers = response.headers
        is_whole = "Content-Length" not in headers
        sent = [*headers.items()]
        if is_whole:
            sent.append(("Content-Length", str(len(response.body))))
        start_response(_STATUS_LINES[response.status], sent)
        if method == _HEAD:
            return []
        # A server keeps a connection open for what a list owes, and breaks it for a stream.
        return [response.body] if is_whole or not is_cut(response) else iter([response.body])

    return serve


def _length(response: RecordedResponse) -> str:
    """The body's, unless a fault promises more."""
    return response.headers.get("Content-Length") or str(len(response.body))


def _call(
    request: GraphRequest, parts: tuple[str, ...], version: str, counted: list[str]
) -> GraphCall:
    parameters, token = request.asked()
    token = token or request.bearer()
    method = request.method
    if method != "GET":
        method, parameters = _meant(method, parameters)
    value = None if token is None else str(token)
    basic = request.credentials() if request.authorization else None
    addressed = partial(request.base, version)
    return GraphCall.of(
        (method, parts, parameters, value, request.host, basic, None, addressed, counted)
    )


def _meant(method: str, parameters: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """A POST may say `method=delete` or `get`, for clients that can send nothing else."""
    if method == _HEAD:
        return "GET", parameters
    if method not in _METHODS:
        raise GraphCallError(GraphError.METHOD_UNKNOWN, verb=method.lower())
    wish = str(parameters.get("method", "")).upper()
    if method == "POST" and wish in _METHODS:
        return wish, {name: parameters[name] for name in parameters if name != "method"}
    return method, parameters


def _tagged(body: bytes, headers: dict[str, str], request: GraphRequest) -> RecordedResponse:
    """The answer with its ETag; without its body when the caller has it."""
    tag = headers["ETag"] = tag_of(body)
    known = request.environ.get("HTTP_IF_NONE_MATCH")
    if known and is_known(tag, known):
        return RecordedResponse(NOT_MODIFIED, headers, b"")
    return _new_tuple(RecordedResponse, (OK, headers, body))
