"""Which methods a control call has, and what is answered to the others."""

from __future__ import annotations

import flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PREFIX = "/_control"
_ANY = "control.unknown"


def add_routes(blueprint: flask.Blueprint) -> None:
    """What is no call: 405 with the methods that the path has, or 404 when it has none."""

    @blueprint.route("/<path:call>", methods=(*_METHODS, "TRACE"))
    def unknown(call: str) -> tuple[flask.Response, int]:
        return _refused(f"{_PREFIX}/{call}")

    @blueprint.app_errorhandler(MethodNotAllowed)
    def odd(
        error: MethodNotAllowed,
    ) -> HTTPException | tuple[flask.Response, int]:
        """Methods that no rule names never get to a blueprint."""
        path = flask.request.path
        return _refused(path) if path.startswith(f"{_PREFIX}/") else error


def _refused(path: str) -> tuple[flask.Response, int]:
    asked, known = f"{flask.request.method[:20]} {path}", _methods_of(path)
    if not known:
        return flask.jsonify(error=f"there is no control call {asked}; see docs/emulator.md"), 404
    allow = ", ".join(known)
    answer = flask.jsonify(error=f"there is no control call {asked}; this path takes {allow}")
    answer.headers["Allow"] = allow
    return answer, 405


def _methods_of(path: str) -> list[str]:
    """The methods under which the path is a call."""
    adapter = flask.current_app.url_map.bind("localhost")
    found = []
    for method in _METHODS:
        try:
            endpoint, _ = adapter.match(path, method)
        except HTTPException:
            continue
        if endpoint != _ANY and endpoint.startswith("control."):
            found.append(method)
    return found
