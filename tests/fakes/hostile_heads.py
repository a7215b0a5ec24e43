"""Heads of requests that no honest client sends, and what a server makes of them."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

HEADS = {
    "a header of a megabyte": ("GET {path} HTTP/1.1", "Host: x", "X-Long: " + "a" * 2**20),
    "a thousand headers": ("GET {path} HTTP/1.1", "Host: x", *(f"X-{n}: a" for n in range(1000))),
    "an address of a megabyte": ("GET {path}?" + "a" * 2**20 + " HTTP/1.1", "Host: x"),
    "two lengths": (
        "POST {path} HTTP/1.1", "Host: x", "Content-Length: 0", "Content-Length: 40",
    ),
    "a length that is none": ("POST {path} HTTP/1.1", "Host: x", "Content-Length: -1"),
    "a name with a blank": ("POST {path} HTTP/1.1", "Host: x", "Content-Length : 40"),
    "a line that goes on": ("GET {path} HTTP/1.1", "Host: x", "X-A: 1", "  Content-Length: 40"),
    "a null in a header": ("GET {path} HTTP/1.1", "Host: x", "X-A: a\0b"),
    "no HTTP": ("GET {path} FTP/9",),
}  # fmt: skip
_REFUSED = ("400", "431", "")  # or it ends the connection


def answers_to_hostile_heads(url: str) -> dict[str, str]:
    """The status line for each; empty where the connection was just ended."""
    return {name: _answer(url, lines) for name, lines in HEADS.items()}


def accepted(answers: dict[str, str]) -> dict[str, str]:
    """Those that came as far as a program; the server itself refuses with 400 or 431."""
    return {name: answer for name, answer in answers.items() if answer[9:12] not in _REFUSED}


def _answer(url: str, lines: tuple[str, ...]) -> str:
    address = urlsplit(url)
    head = "\r\n".join([*lines, "", ""]).replace("{path}", address.path)
    with socket.create_connection((address.hostname, address.port or 80), timeout=5) as connection:
        try:
            connection.sendall(head.encode())
            return connection.recv(4096).split(b"\r\n")[0].decode()
        except (BrokenPipeError, ConnectionResetError):
            return ""
