"""The real transport: libcurl's multi interface on one thread of its own."""

from __future__ import annotations

import logging
import selectors
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

import pycurl

from fake_meta.courier.credentials import UNTRUSTED, Credentials, certificate_error
from fake_meta.courier.transport import OutboundRequest, Reply, timeout_error
from fake_meta.courier.waiting_room import WaitingRoom

MAX_AT_ONCE = 128
MAX_RECORDED_BODY = 65536
_INTEREST = {
    pycurl.POLL_IN: selectors.EVENT_READ,
    pycurl.POLL_OUT: selectors.EVENT_WRITE,
    pycurl.POLL_INOUT: selectors.EVENT_READ | selectors.EVENT_WRITE,
}
_logger = logging.getLogger(__name__)
_LONGEST_WAIT_S = 1.0

Done = Callable[[Reply], None]


@dataclass(slots=True)
class _Exchange:
    """One request under way."""

    request: OutboundRequest
    done: Done
    place: str = ""
    header_lines: list[bytes] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)


class CurlTransport:
    """Posts many requests at once over kept-alive connections; follows no redirect.

    `max_at_once` is for each callback: one that does not answer delays no other.
    """

    def __init__(
        self, max_at_once: int = MAX_AT_ONCE, credentials: Credentials | None = None
    ) -> None:
        self._credentials = credentials or Credentials()
        self._waiting: WaitingRoom[_Exchange] = WaitingRoom(max_at_once)
        self._under_way: dict[pycurl.Curl, _Exchange] = {}
        self._idle_handles: list[pycurl.Curl] = []
        self._selector = selectors.DefaultSelector()
        self._curl_wakes_at: float | None = None
        self._closing = False
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.settimeout(0)
        self._wake_writer.settimeout(0)
        self._selector.register(self._wake_reader, selectors.EVENT_READ)
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch_socket)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self._multi.setopt(pycurl.M_MAXCONNECTS, max_at_once * 2)
        self._thread = threading.Thread(target=self._run, name="courier-curl", daemon=True)
        self._thread.start()

    def submit(self, request: OutboundRequest, done: Done) -> None:
        """Queue `request`; `done` is called on the transport's thread."""
        self._waiting.add(request.url.partition("?")[0], _Exchange(request, done))
        self._wake()

    def close(self) -> None:
        """End the thread; requests under way are abandoned."""
        self._closing = True
        self._wake()
        self._thread.join(timeout=1.0)

    def _wake(self) -> None:
        try:
            self._wake_writer.send(b"\0")
        except BlockingIOError:
            return  # the buffer is full of wake-ups: the thread will see this one too

    def _run(self) -> None:
        while not self._closing:
            try:
                self._turn()
            except Exception:
                _logger.exception("the courier met an error of its own; it goes on")

    def _turn(self) -> None:
        self._start_waiting()
        for key, mask in self._selector.select(self._wait_s()):
            self._serve_socket(key, mask)
        if self._curl_wakes_at is not None and monotonic() >= self._curl_wakes_at:
            self._curl_wakes_at = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        self._finish_done()

    def _wait_s(self) -> float:
        if self._waiting.has_turn:
            return 0.0
        if self._curl_wakes_at is None:
            return _LONGEST_WAIT_S
        return max(0.0, min(self._curl_wakes_at - monotonic(), _LONGEST_WAIT_S))

    def _serve_socket(self, key: selectors.SelectorKey, mask: int) -> None:
        if key.fileobj is self._wake_reader:
            self._wake_reader.recv(65536)
            return
        events = 0
        if mask & selectors.EVENT_READ:
            events |= pycurl.CSELECT_IN
        if mask & selectors.EVENT_WRITE:
            events |= pycurl.CSELECT_OUT
        self._multi.socket_action(key.fd, events)

    def _start_waiting(self) -> None:
        for place, exchange in self._waiting.take():
            exchange.place = place
            handle = self._idle_handles.pop() if self._idle_handles else self._new_handle()
            try:
                self._prepare(handle, exchange)
            except (pycurl.error, UnicodeError) as error:
                self._waiting.leave(place)
                exchange.done(Reply(None, error=f"the request cannot be made: {error}"))
                continue
            self._under_way[handle] = exchange
            self._multi.add_handle(handle)

    def _new_handle(self) -> pycurl.Curl:
        handle = pycurl.Curl()
        handle.setopt(pycurl.NOSIGNAL, 1)
        handle.setopt(pycurl.PROXY, "")
        handle.setopt(pycurl.FOLLOWLOCATION, 0)
        handle.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        handle.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
        handle.setopt(pycurl.ACCEPT_ENCODING, "deflate, gzip")
        self._credentials.apply(handle)
        return handle

    def _prepare(self, handle: pycurl.Curl, exchange: _Exchange) -> None:
        request = exchange.request
        lines = [f"{name}: {value}" for name, value in request.headers.items()]
        lines.append("Expect:")
        handle.setopt(pycurl.URL, request.url)
        handle.setopt(pycurl.HTTPHEADER, lines)
        handle.setopt(pycurl.TIMEOUT_MS, int(request.timeout_s * 1000))
        if request.method == "POST":
            handle.setopt(pycurl.POST, 1)
            handle.setopt(pycurl.POSTFIELDS, request.body)
        else:
            handle.setopt(pycurl.HTTPGET, 1)
        handle.setopt(pycurl.HEADERFUNCTION, exchange.header_lines.append)
        handle.setopt(pycurl.WRITEFUNCTION, exchange.chunks.append)

    def _finish_done(self) -> None:
        queued = 1
        while queued:
            queued, succeeded, failed = self._multi.info_read()
            for handle in succeeded:
                self._finish(handle, None)
            for handle, code, message in failed:
                self._finish(handle, _sentence(code, message, self._under_way[handle]))

    def _finish(self, handle: pycurl.Curl, error: str | None) -> None:
        exchange = self._under_way.pop(handle)
        duration_s = handle.getinfo(pycurl.TOTAL_TIME)
        status = None if error else handle.getinfo(pycurl.RESPONSE_CODE)
        self._multi.remove_handle(handle)
        self._idle_handles.append(handle)
        self._waiting.leave(exchange.place)
        exchange.done(
            Reply(
                status=status,
                headers=_parse_headers(exchange.header_lines),
                body=b"".join(exchange.chunks)[:MAX_RECORDED_BODY],
                duration_s=duration_s,
                error=error,
            )
        )

    def _watch_socket(self, what: int, fd: int, _multi: object, _data: object) -> None:
        known = fd in self._selector.get_map()
        if what == pycurl.POLL_REMOVE:
            if known:
                self._selector.unregister(fd)
        elif known:
            self._selector.modify(fd, _INTEREST[what])
        else:
            self._selector.register(fd, _INTEREST[what])

    def _set_timer(self, timeout_ms: int) -> None:
        self._curl_wakes_at = None if timeout_ms < 0 else monotonic() + timeout_ms / 1000


def _sentence(code: int, message: str, exchange: _Exchange) -> str:
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return timeout_error(exchange.request.timeout_s)
    if code in UNTRUSTED:
        return certificate_error(message or f"libcurl {code}")
    return f"no answer from the callback: {message or 'connection error'} (libcurl {code})"


def _parse_headers(lines: list[bytes]) -> dict[str, str]:
    """The last header block of an answer."""
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.decode("latin-1").strip().partition(":")
        if name.startswith("HTTP/"):
            headers = {}
        elif colon:
            headers[name.strip()] = value.strip()
    return headers
