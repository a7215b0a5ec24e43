"""The event stream, as Server-Sent Events and as a list to poll."""

from __future__ import annotations

import json
from collections.abc import Iterator

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from system_under_test.service.feed import Batch, TooManyStreamsError
from system_under_test.web import given
from system_under_test.web.console import console
from system_under_test.web.entrance import ROOT
from system_under_test.web.guard import signed_in

stream = Blueprint("stream", __name__, url_prefix=f"{ROOT}/api")
_RETRY_MS = 1000


@stream.get("/events")
@signed_in
def events() -> ResponseReturnValue:
    """Events after the cursor, at once."""
    after = _cursor(request.args.get("after"))
    if after is None:
        return jsonify(error="bad_cursor"), 400
    batch = console().feed.read(g.session, after)
    if batch.reset:
        return jsonify(reset=True, cursor=batch.cursor)
    listed = [{"id": one.id, "type": one.type, "data": one.data} for one in batch.events]
    return jsonify(events=listed, cursor=batch.cursor)


@stream.get("/stream")
@signed_in
def follow() -> ResponseReturnValue:
    """Events after the cursor, as long as the session lives."""
    # A reconnecting browser repeats the URL of its first try; what it has seen says the header.
    after = _cursor(request.headers.get("Last-Event-ID", request.args.get("after")))
    if after is None:
        return jsonify(error="bad_cursor"), 400
    batches = console().feed.follow(g.session, after)
    try:
        next(batches)
    except TooManyStreamsError:
        return jsonify(error="too_many_streams"), 503, {"Retry-After": "5"}
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(_lines(batches), mimetype="text/event-stream", headers=headers)


def _lines(batches: Iterator[Batch | None]) -> Iterator[bytes]:
    yield f"retry: {_RETRY_MS}\n: open\n\n".encode()
    for batch in batches:
        yield b": here\n\n" if batch is None else _frames(batch)


def _frames(batch: Batch) -> bytes:
    frames = [
        f"id: {one.id}\nevent: {one.type}\ndata: {json.dumps(one.data, ensure_ascii=False)}\n\n"
        for one in batch.events
    ]
    if batch.reset:
        data = json.dumps({"cursor": batch.cursor})
        frames.append(f"id: {batch.cursor}\nevent: reset\ndata: {data}\n\n")
    return "".join(frames).encode()


def _cursor(text: str | None) -> int | None:
    if text is None:
        return console().feed.newest()
    return given.cursor(text)
