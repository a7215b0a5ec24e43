"""Ends connections whose requests never become whole.

The server's thread that waits for a body cannot be called back; the connection can be ended under
it. Which one it is, the server does not say, so the kernel is asked: on the connection of a
request that is not whole nothing was sent since its head came. Where the kernel does not tell
(it does on Linux) nothing is ended, and the gate's places alone are the bound.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

_HAVE_FILES = Path("/proc/self/fd")
_TCP_INFO = getattr(socket, "TCP_INFO", None)
_AGES = struct.Struct("=8B9I4I")
"""The head of struct tcp_info: eight bytes and nine counts, then the times of the last data."""
_ESTABLISHED = 1
_EVERY_S = 1.0


def watch(
    port: int, is_overdue: Callable[[], bool], silent_s: float, every_s: float = _EVERY_S
) -> threading.Thread:
    """End such connections at `port` of this process whenever a body is overdue."""

    def look() -> None:
        pause = threading.Event()
        while True:
            pause.wait(every_s)
            if is_overdue():
                end_stalled(port, silent_s)

    thread = threading.Thread(target=look, name="stalled-connections", daemon=True)
    thread.start()
    return thread


def end_stalled(port: int, silent_s: float) -> int:
    """End those at `port` to which nothing was sent for so long; how many they were."""
    if _TCP_INFO is None or not _HAVE_FILES.is_dir():
        return 0
    numbers = [int(path.name) for path in _HAVE_FILES.iterdir()]
    return sum(_end_if_stalled(number, port, silent_s) for number in numbers)


def _end_if_stalled(number: int, port: int, silent_s: float) -> bool:
    try:
        own = os.dup(number)  # so that nobody else's file gets this number meanwhile
        try:
            connection = socket.socket(fileno=own)
        except OSError:
            os.close(own)
            return False
        with connection:
            if not _is_stalled(connection, port, silent_s):
                return False
            connection.shutdown(socket.SHUT_RDWR)
            return True
    except OSError:
        return False  # it is none, or has ended


def _is_stalled(connection: socket.socket, port: int, silent_s: float) -> bool:
    is_stream = connection.type == socket.SOCK_STREAM
    if not is_stream or connection.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    assert _TCP_INFO is not None
    if connection.getsockname()[1] != port:
        return False
    told = connection.getsockopt(socket.IPPROTO_TCP, _TCP_INFO, 256)
    state, *_, sent_ms, _, received_ms, _ = _AGES.unpack_from(told)
    return bool(state == _ESTABLISHED and sent_ms >= silent_s * 1000 and received_ms <= sent_ms)
