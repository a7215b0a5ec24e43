"""Clients whose bodies come a little after the heads of their requests, or never."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

PREMATURE_S = 0.05
TRIES = 3
"""The first answer of a new process takes its time, and would hide one that comes too early."""

_BODY = b'{"why": "late"}'


def answers_to_a_late_body(url: str) -> tuple[bool, str, str]:
    """Whether an answer came before its body, its status line, and that of the next request."""
    tries = [_one_try(url) for _ in range(TRIES)]
    _, answer, following = tries[-1]
    return any(came_early for came_early, _, _ in tries), answer, following


def _one_try(url: str) -> tuple[bool, str, str]:
    address = urlsplit(url)
    assert address.hostname is not None
    with socket.create_connection((address.hostname, address.port or 80), timeout=5) as connection:
        connection.sendall(_head("POST", address.path, len(_BODY)))
        came_early = bool(select.select([connection], [], [], PREMATURE_S)[0])
        connection.sendall(_BODY)
        answer = answer_to(connection)
        connection.sendall(_head("GET", address.path, 0))
        return came_early, answer, answer_to(connection)


def _head(method: str, path: str, length: int) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    return "\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode()


def answer_to(connection: socket.socket) -> str:
    """The status line that comes; what follows it is read, too."""
    with connection.makefile("rb") as stream:
        status = stream.readline().decode().strip()
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        stream.read(length)
    return status


@contextmanager
def stalled_bodies(url: str, how_many: int) -> Iterator[list[socket.socket]]:
    """So many connections that have announced a body and sent one byte of it."""
    address = urlsplit(url)
    with ExitStack() as all_of_them:
        connections = []
        for _ in range(how_many):
            connection = socket.create_connection((address.hostname, address.port or 80), timeout=5)
            connections.append(all_of_them.enter_context(connection))
            connection.sendall(_head("POST", address.path, len(_BODY)) + _BODY[:1])
        yield connections


def ready(connections: list[socket.socket], how_many: int, within_s: float) -> list[socket.socket]:
    """Those of them that were answered, as soon as there are so many."""
    poll = select.poll()
    by_number = {one.fileno(): one for one in connections}
    for number in by_number:
        poll.register(number, select.POLLIN)
    found: list[socket.socket] = []
    deadline = time.monotonic() + within_s
    while len(found) < how_many and (left_s := deadline - time.monotonic()) > 0:
        for number, _ in poll.poll(left_s * 1000):
            poll.unregister(number)
            found.append(by_number[number])
    return found
