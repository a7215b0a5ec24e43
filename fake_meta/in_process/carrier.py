"""Deliveries to a WSGI application in the same process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from urllib.parse import urlsplit

from werkzeug.test import Client, EnvironBuilder

from fake_meta.courier import OutboundRequest, Reply

WsgiApp = Callable[..., Iterable[bytes]]
AT_ONCE = 4


class WsgiTransport:
    """Hands requests to the application that the callback is part of, on threads of its own."""

    def __init__(self, app: WsgiApp) -> None:
        self._client = Client(app)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fake-meta-delivery")

    def submit(self, request: OutboundRequest, done: Callable[[Reply], None]) -> None:
        """Queue `request`; `done` is called on a thread of the transport."""
        self._pool.submit(lambda: done(self._reply(request)))

    def close(self) -> None:
        """Let what is under way end, and take no more."""
        self._pool.shutdown(cancel_futures=True)

    def _reply(self, request: OutboundRequest) -> Reply:
        begun = perf_counter()
        url = urlsplit(request.url)
        builder = EnvironBuilder(
            path=url.path or "/",
            base_url=f"{url.scheme}://{url.netloc}",
            query_string=url.query,
            method=request.method,
            headers=list(request.headers.items()),
            data=request.body,
        )
        try:
            answer = self._client.open(builder)
        except Exception as error:  # noqa: BLE001 - the application's own bug: as if it had died
            return Reply(None, error=f"the application raised {type(error).__name__}: {error}")
        return Reply(
            answer.status_code,
            dict(answer.headers),
            answer.get_data(),
            duration_s=perf_counter() - begun,
        )
