"""Granian inside this very process: one world needs one process.

Granian's own server forks a worker and stays beside it: that takes the memory of a Python twice,
and hands every variable of the process to every request. This does what its worker does; it
stands on Granian's inside, so Granian's version is pinned.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

from granian import _futures, _granian, wsgi

_INSIDE: Any = _granian
_WSGI: Any = wsgi
_FUTURES: Any = _futures
"""Granian's own types say less than its code, so they are not asked."""

WsgiApp = Callable[..., Iterable[bytes]]

_BACKLOG = 1024
_IDLE_THREAD_S = 30
_RUNTIME_THREADS, _RUNTIME_BLOCKING_THREADS = 1, 512
_NO_TLS: tuple[Any, ...] = (False, None, None, None, "tls1.3", None, [], False)
_SAME_FOR_ALL: dict[str, Any] = {
    "GATEWAY_INTERFACE": "CGI/1.1",
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "Granian",
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multiprocess": False,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}


def serve_here(app: WsgiApp, host: str, port: int, threads: int) -> None:
    """Serve until SIGTERM or SIGINT; open requests may still be under way then."""
    stop, asked = _INSIDE.WorkerSignal(), threading.Event()
    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, lambda *_: asked.set())
    worker = _INSIDE.WSGIWorker(
        1,
        (_INSIDE.ListenerSpec(host, port, _BACKLOG), None),
        None,
        _RUNTIME_THREADS,
        _RUNTIME_BLOCKING_THREADS,
        threads,
        _IDLE_THREAD_S,
        _BACKLOG,
        "1",
        None,
        None,
        None,
        *_NO_TLS,
        (None, _INSIDE.MetricsAggregator(1)),
    )
    loop = asyncio.new_event_loop()
    scheduler = _FUTURES._new_cbscheduler(loop, answering(app), impl_asyncio=True)  # noqa: SLF001
    # One thread for all sockets: it hands requests over in a seventh less time than several do.
    worker.serve_str(scheduler, loop, stop)
    asked.wait()
    stop.set()


def answering(app: WsgiApp) -> Callable[[Any, dict[str, Any]], int]:
    """The WSGI application as Granian calls it."""

    def answer(exchange: Any, scope: dict[str, Any]) -> int:
        head = _WSGI.Response()
        body = app(_SAME_FOR_ALL | scope, head)
        if isinstance(body, list):
            exchange.response_bytes(head.status, head.headers, b"".join(body))
        else:
            exchange.response_iter(head.status, head.headers, _WSGI.ResponseIterWrap(body))
        status: int = head.status
        return status

    return answer
