"""A small Graph API on a thread: answers as told, remembers what was asked."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

Answer = Callable[[Request], Response]


def graph_error(code: int, subcode: int | None = None, status: int = 400) -> Response:
    error = {"message": f"(#{code}) no", "type": "OAuthException", "code": code}
    body = {"error": error | ({"error_subcode": subcode} if subcode else {})}
    return Response(json.dumps(body), status, mimetype="application/json")


@dataclass
class GraphServer:
    """Profiles by IGSID; `sends` queues answers to Send API calls, else they succeed."""

    url: str = ""
    profiles: dict[str, dict[str, Any] | Answer] = field(default_factory=dict)
    sends: deque[Answer] = field(default_factory=deque)
    sent: list[dict[str, Any]] = field(default_factory=list)
    subscribed: list[str] = field(default_factory=list)
    hold_profiles: threading.Event | None = None

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        node, _, edge = request.path.removeprefix("/v25.0/").partition("/")
        if edge == "subscribed_apps":
            self.subscribed.append(node)
            response = _json({"success": True})
        elif edge == "messages":
            response = self._send(request, node)
        else:
            response = self._profile(request, node)
        return response(environ, start_response)

    def _send(self, request: Request, page_id: str) -> Response:
        body = json.loads(request.get_data())
        if self.sends:
            answer = self.sends.popleft()(request)
            if answer.status_code != 200:
                return answer
        self.sent.append({"page": page_id, **body})
        mid = f"mid.out.{len(self.sent)}"
        return _json({"recipient_id": body["recipient"]["id"], "message_id": mid})

    def _profile(self, request: Request, igsid: str) -> Response:
        if self.hold_profiles is not None:
            self.hold_profiles.wait(10)
        known = self.profiles.get(igsid)
        if callable(known):
            return known(request)
        return graph_error(9010) if known is None else _json({**known, "id": igsid})


@contextmanager
def running_graph() -> Iterator[GraphServer]:
    graph = GraphServer()
    server = make_server("127.0.0.1", 0, graph, threaded=True)
    server.daemon_threads = True
    graph.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield graph
    finally:
        if graph.hold_profiles is not None:
            graph.hold_profiles.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _json(body: object) -> Response:
    return Response(json.dumps(body), 200, mimetype="application/json")
