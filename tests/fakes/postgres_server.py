"""A PostgreSQL of the tests' own: unprivileged, on a private socket, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_pause = threading.Event()
_INSTALLED = "/usr/lib/postgresql"  # where Debian keeps one folder a version


class NoPostgresError(Exception):
    """There is no PostgreSQL to start here."""


@contextmanager
def running_postgres() -> Iterator[str]:
    """Its database URL; NoPostgresError with the reason when none can be started."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="homolog-pg-"))
    try:
        as_whom = _unprivileged(folder)
        _initialise(programs, folder, as_whom)
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses="],
            stdout=subprocess.DEVNULL,
            stderr=(folder / "log").open("wb"),
            cwd=folder,
            **as_whom,
        )
        try:
            _wait(programs, folder, server)
            yield f"postgresql+psycopg://interact@/postgres?host={folder}"
        finally:
            _end(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _end(server: subprocess.Popen[bytes]) -> None:
    """A fast shutdown; on a machine that is too busy for it, an immediate one."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(20)


def _programs() -> Path:
    folders = sorted(Path(_INSTALLED).glob("*/bin"), reverse=True)
    found = next((one for one in folders if (one / "initdb").exists()), None)
    on_path = shutil.which("initdb")
    if found is None and on_path is None:
        raise NoPostgresError(
            "PostgreSQL is not installed (Debian: apt-get install postgresql); its tests are left"
        )
    return found or Path(str(on_path)).resolve().parent


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Popen's arguments: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _initialise(programs: Path, folder: Path, as_whom: dict[str, Any]) -> None:
    words = ["-A", "trust", "-U", "interact", "-E", "UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", *words],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=60,
        check=False,
        **as_whom,
    )
    if made.returncode:
        raise NoPostgresError(f"initdb failed: {made.stderr.strip()}")


def _wait(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    command = [programs / "pg_isready", "-q", "-h", folder, "-U", "interact", "-d", "postgres"]
    while subprocess.run(command, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise NoPostgresError(f"it did not start: {(folder / 'log').read_text()}")
        _pause.wait(0.05)
