"""Connections whose requests never become whole are ended, and no others."""

from __future__ import annotations

import select
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from system_under_test.web.stalled import StalledConnections

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells when data last went over a connection"
)
SILENT_S = 0.05


@dataclass
class Server:
    """A listener and both ends of its connections."""

    listener: socket.socket
    ends: ExitStack
    accepted: list[socket.socket] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def connect(self) -> tuple[socket.socket, socket.socket]:
        client = self.ends.enter_context(socket.create_connection(("127.0.0.1", self.port)))
        accepted = self.ends.enter_context(self.listener.accept()[0])
        client.settimeout(2)
        accepted.settimeout(2)
        return client, accepted


@pytest.fixture
def server() -> Iterator[Server]:
    with ExitStack() as ends:
        listener = ends.enter_context(socket.create_server(("127.0.0.1", 0)))
        yield Server(listener, ends)


def silence() -> None:
    threading.Event().wait(SILENT_S * 1.5)  # the kernel's own clock is asked


def has_ended(connection: socket.socket) -> bool:
    return bool(select.select([connection], [], [], 0)[0]) and connection.recv(10) == b""


def test_a_request_that_is_not_whole_is_ended_after_its_time(server: Server) -> None:
    client, accepted = server.connect()
    client.sendall(b"POST / HTTP/1.1\r\n")
    accepted.recv(100)

    assert StalledConnections(server.port, SILENT_S).end() == 0
    silence()
    client.sendall(b"one byte now and then changes nothing")
    assert StalledConnections(server.port, SILENT_S).end() == 1
    assert has_ended(client)


def test_one_that_was_answered_or_has_another_port_is_not(server: Server) -> None:
    client, accepted = server.connect()
    streamed, stream = server.connect()
    client.sendall(b"GET / HTTP/1.1\r\n\r\n")
    accepted.recv(100)
    streamed.sendall(b"GET /stream HTTP/1.1\r\n\r\n")
    threading.Event().wait(0.01)
    accepted.sendall(b"HTTP/1.1 204\r\n\r\n")
    silence()
    stream.sendall(b": here\n\n")

    assert StalledConnections(server.port, SILENT_S).end() == 0
    assert StalledConnections(server.port + 1, 0).end() == 0
    assert not has_ended(accepted)


def test_the_watch_ends_them_while_a_body_is_overdue(server: Server) -> None:
    client, _ = server.connect()
    client.sendall(b"POST / HTTP/1.1\r\n")
    silence()
    asked = threading.Semaphore(0)
    overdue = [False]

    def is_overdue() -> bool:
        asked.release()
        return overdue[0]

    StalledConnections(server.port, SILENT_S).watch(is_overdue, every_s=0.005)
    assert asked.acquire(timeout=2)
    assert asked.acquire(timeout=2)
    assert not has_ended(client)
    overdue[0] = True

    assert client.recv(10) == b""
    overdue[0] = False
