"""Serves the console with Granian: processes of many threads at one port, with a prompt end.

Of several processes one that dies is replaced while the others serve on; a single one takes the
server with it, so that whoever started it hears of it at once.
"""

from __future__ import annotations

import importlib
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from system_under_test.settings import PREFIX, Settings, SettingsError
from system_under_test.web.body_gate import PLACES, WAIT_S, BodyGate
from system_under_test.web.stalled import StalledConnections

_GRACE_S = 1.5
_GRANIANS_LOG = "_granian"
_ADVICE = "Configuration allows spawning up to"
_KILL_TIMEOUT_S = 1
_RESPAWN_S = 0.1
WsgiApp = Callable[..., Any]


def serve(settings: Settings, target: str) -> None:
    """Serve `module:factory` until SIGTERM or SIGINT."""
    factory = load_factory(target)
    check_port(settings.host, settings.port)
    lifeline = _Lifeline()
    logging.getLogger(_GRANIANS_LOG).addFilter(is_no_advice)
    server = _PromptServer(
        target,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.processes,
        respawn_failed_workers=settings.processes > 1,
        respawn_interval=_RESPAWN_S,
        blocking_threads=settings.threads + PLACES,
        workers_kill_timeout=_KILL_TIMEOUT_S,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.on_stop = lifeline.cut
    server.serve(target_loader=lambda: _gated(lifeline.build(factory), settings), wrap_loader=False)


def is_no_advice(record: logging.LogRecord) -> bool:
    """Whether a line of Granian's says what happened, and not how it would set us up.

    A thread a stream is what this console means (`INTERACT_THREADS`), however few cores there are.
    """
    return not str(record.msg).startswith(_ADVICE)


def load_factory(target: str) -> Callable[[], WsgiApp]:
    """The factory that `module:factory` names; SettingsError when there is none."""
    module_name, _, name = target.partition(":")
    try:
        factory = getattr(importlib.import_module(module_name), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(f"--app {target!r} names no factory: {error}") from error
    found: Callable[[], WsgiApp] = factory
    return found


def check_port(host: str, port: int) -> None:
    """SettingsError when the address cannot be listened at.

    Granian shares ports (SO_REUSEPORT) and would silently take turns with another server.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise SettingsError(f"cannot listen at {host}:{port}: {error.strerror}") from error


def _gated(app: WsgiApp, settings: Settings) -> WsgiApp:
    gate = BodyGate(app, settings.threads)
    StalledConnections(settings.port, WAIT_S).watch(gate.is_overdue)
    return gate


class _PromptServer(MPServer):
    """Tells the workers to end their streams before it asks them to end."""

    on_stop: Callable[[], None]

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        self.on_stop()
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]


class _Lifeline:
    """A pipe that the parent holds open while it lives and wants its workers to live."""

    def __init__(self) -> None:
        self._read_fd, self._write_fd = os.pipe()

    def cut(self) -> None:
        """In the parent: let go."""
        if self._write_fd >= 0:
            os.close(self._write_fd)
            self._write_fd = -1

    def build(self, factory: Callable[[], WsgiApp]) -> WsgiApp:
        """In the worker: build the app, and never outlive the parent."""
        self.cut()
        os.environ[f"{PREFIX}LIFELINE_FD"] = str(self._read_fd)
        threading.Thread(target=self._follow_parent, name="orphan", daemon=True).start()
        return factory()

    def _follow_parent(self) -> None:
        os.read(self._read_fd, 1)
        # A parent that was killed cannot ask the worker to end; one that can does so in time.
        threading.Event().wait(_GRACE_S)
        os.kill(os.getpid(), signal.SIGKILL)
