"""Serving: what is checked first, the world in this process, and an orderly end."""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import socket
import sys
import threading
from pathlib import Path

import flask

from fake_meta.app import EXTENSION, Emulator, create_app
from fake_meta.body_gate import PLACES, WAIT_S, BodyGate
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.one_process import serve_here
from fake_meta.settings import Settings, SettingsError
from fake_meta.snapshots.codec import unpack
from fake_meta.stalled_connections import watch

GRACE_S = 0.3
"""How long open requests have to come to their end; who waits for something is let go at once."""

CLOSE_WITHIN_S = 4
"""How long the journal's file may take to be whole."""

_M_ARENA_MAX = -8
"""A parameter of the GNU C library; others do not have it."""

_GC_THRESHOLDS = (50_000, 50, 100)
"""The world is long-lived data; walking it often would make every message dearer."""


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    check_port(settings)
    check_journal_file(settings)
    check_snapshot(settings)
    check_world(settings)
    share_one_heap()
    app = load(settings)
    emulator: Emulator = app.extensions[EXTENSION]
    gate = BodyGate(app.wsgi_app)
    watch(settings.port, gate.is_overdue, WAIT_S)
    serve_here(gate, settings.host, settings.port, settings.threads + PLACES)
    end(emulator)


def share_one_heap() -> None:
    """Let all threads take memory from one heap: each of their own would keep what it once took.

    Only one thread of Python runs at a time, so they do not wait for each other.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 1)


def end(emulator: Emulator) -> None:
    """Close everything, let open requests come to their end, and leave without the late ones."""
    closing = threading.Thread(target=emulator.close, name="closing", daemon=True)
    closing.start()
    threading.Event().wait(GRACE_S)
    closing.join(CLOSE_WITHIN_S)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # Python's own exit would wait for the late ones


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
    """Build the application, with the world that the settings name."""
    app = create_app(settings)
    emulator: Emulator = app.extensions[EXTENSION]
    if settings.snapshot:
        emulator.parts.snapshots.restore(Path(settings.snapshot).read_bytes())
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
    return app
