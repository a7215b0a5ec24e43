"""Serving with Granian: one worker process that owns the world and dies with its parent."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import socket
import threading
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.util import Finalize
from pathlib import Path

import flask
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from fake_meta.app import EXTENSION, Emulator, create_app
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.settings import Settings, SettingsError
from fake_meta.snapshots.codec import unpack

STOP_WITHIN_S = 1
"""How long open requests may hold up the end before they are cut."""

_GC_THRESHOLDS = (50_000, 50, 100)
"""The world is long-lived data; walking it often would make every message dearer."""


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    check_port(settings)
    check_journal_file(settings)
    check_snapshot(settings)
    check_world(settings)
    server = Server(
        "fake_meta.app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.threads,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=STOP_WITHIN_S,
    )
    server.serve(target_loader=partial(load, settings), wrap_loader=False)


def check_port(settings: Settings) -> None:
    """Fail with one sentence when the port is taken; Granian itself would share it silently."""
    try:
        with socket.create_server((settings.host, settings.port)):
            return
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"port {settings.port} on {settings.host} is taken; choose another with --port"
            ) from error
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror}"
        ) from error


def check_journal_file(settings: Settings) -> None:
    """Fail with one sentence when nothing can be written there."""
    if not settings.journal_file:
        return
    try:
        with Path(settings.journal_file).open("a", encoding="utf-8"):
            return
    except OSError as error:
        raise SettingsError(
            f"cannot write the journal file {settings.journal_file}: {error.strerror}"
        ) from error


def check_snapshot(settings: Settings) -> None:
    """Fail with one sentence when there is no world in the file."""
    if settings.snapshot:
        try:
            unpack(Path(settings.snapshot).read_bytes())
        except OSError as error:
            raise SettingsError(f"cannot read {settings.snapshot}: {error.strerror}") from error
        except InvalidRequestError as error:
            raise SettingsError(f"{settings.snapshot}: {error.sentence}") from error


def check_world(settings: Settings) -> None:
    """Fail with one sentence when the file describes no world."""
    if settings.world:
        from fake_meta.world_file import WorldFileError, read, rehearse

        try:
            rehearse(read(Path(settings.world)))
        except WorldFileError as error:
            raise SettingsError(str(error)) from error


def load(settings: Settings) -> flask.Flask:
    """Build the application; runs in the worker process, so the world lives there."""
    _die_with_parent()
    app = create_app(settings)
    emulator: Emulator = app.extensions[EXTENSION]
    if settings.snapshot:
        emulator.parts.snapshots.restore(Path(settings.snapshot).read_bytes())
    if emulator.journal_file is not None:
        Finalize(None, emulator.journal_file.close, exitpriority=10)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
    return app


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
