"""A client whose body comes a little after the head of its request."""

from __future__ import annotations

import select
import socket
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
        answer = _answer(connection)
        connection.sendall(_head("GET", address.path, 0))
        return came_early, answer, _answer(connection)


def _head(method: str, path: str, length: int) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    return "\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode()


def _answer(connection: socket.socket) -> str:
    with connection.makefile("rb") as stream:
        status = stream.readline().decode().strip()
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        stream.read(length)
    return status
