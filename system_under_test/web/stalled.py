"""Ends connections that hold a place for a body that does not come.

A thread that waits for a body cannot be told to stop, and the server does not say to which
connection it belongs. The kernel knows it by this: since its last head came, nothing was sent
back. It is asked on Linux; elsewhere nothing is ended and only the number of places bounds.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_FILES = Path("/proc/self/fd")
_TCP_INFO: int | None = getattr(socket, "TCP_INFO", None)
_STATE_AND_TIMES = struct.Struct("=B43xI4xI")
"""struct tcp_info: the state, and how long ago data was sent and received."""
_ESTABLISHED = 1


@dataclass(frozen=True)
class StalledConnections:
    """Those of this process at `port` that were sent nothing for so long."""

    port: int
    silent_s: float

    def watch(self, is_overdue: Callable[[], bool], every_s: float = 1.0) -> None:
        """From now on, end them while a body is overdue."""
        threading.Thread(
            target=self._look, args=(is_overdue, every_s), name="stalled", daemon=True
        ).start()

    def end(self) -> int:
        """End them now; how many they were."""
        ended = 0
        for connection in _open_sockets():
            with connection, contextlib.suppress(OSError):
                if self._includes(connection):
                    connection.shutdown(socket.SHUT_RDWR)
                    ended += 1
        return ended

    def _look(self, is_overdue: Callable[[], bool], every_s: float) -> None:
        moment = threading.Event()
        while not moment.wait(every_s):
            if is_overdue():
                self.end()

    def _includes(self, connection: socket.socket) -> bool:
        if connection.family not in (socket.AF_INET, socket.AF_INET6):
            return False
        if connection.type != socket.SOCK_STREAM or connection.getsockname()[1] != self.port:
            return False
        assert _TCP_INFO is not None
        told = connection.getsockopt(socket.IPPROTO_TCP, _TCP_INFO, 256)
        state, sent_ms, received_ms = _STATE_AND_TIMES.unpack_from(told)
        is_silent = sent_ms >= self.silent_s * 1000 and received_ms <= sent_ms
        return bool(state == _ESTABLISHED and is_silent)


def _open_sockets() -> Iterator[socket.socket]:
    """Each under a number of its own, which nobody else can close and take meanwhile."""
    if _TCP_INFO is None or not _FILES.is_dir():
        return
    for file in list(_FILES.iterdir()):
        try:
            own = os.dup(int(file.name))
        except OSError:
            continue
        try:
            yield socket.socket(fileno=own)
        except OSError:
            os.close(own)
