"""A PostgreSQL of our own: unprivileged, on a private socket, in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from harness.clock import Clock
from harness.errors import HarnessError

_INSTALLED = "/usr/lib/postgresql"  # where Debian keeps one folder a version
_BACKEND = "postgres: interact "  # how PostgreSQL names the process of a connection of that user
_START_S, _STOP_S, _LOOK_S = 30.0, 20.0, 0.05


class NoPostgresError(HarnessError):
    """There is no PostgreSQL to start here."""


class PostgresServer:
    """Starts with the block, ends with it, may be crashed and started again in between."""

    def __init__(self, clock: Clock, folder: Path | None = None) -> None:
        """It lives in `folder`, which has little room and is emptied at the end, or in its own."""
        self._clock = clock
        # Megabytes of log that are reserved before they are needed.
        self._reserved = [] if folder is None else ["--wal-segsize", "1"]
        self._programs = _programs()
        self._folder = folder or Path(tempfile.mkdtemp(prefix="homolog-pg-"))
        self._as_whom = _unprivileged(self._folder)
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The database's address for SQLAlchemy."""
        return f"postgresql+psycopg://interact@/postgres?host={self._folder}"

    def __enter__(self) -> Self:
        try:
            self._initialise()
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._stop(self._server)
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start it and wait until it answers; NoPostgresError when it does not."""
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(  # noqa: S603 - an installed program
                [
                    *(self._programs / "postgres", "-D", self._folder / "data"),
                    *("-k", self._folder, "-c", "listen_addresses="),
                ],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=self._folder,
                **self._as_whom,
            )
        self._wait(self._server)

    def revive(self) -> None:
        """Start it again if it has ended by itself, as it does when it cannot write its log."""
        assert self._server is not None
        if self._server.poll() is not None:
            self.start()
            return
        self._wait(self._server)

    def crash(self) -> None:
        """End it without a checkpoint, as a power cut would; what it promised is in its log."""
        assert self._server is not None
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(_STOP_S)

    def kill_backend(self) -> None:
        """SIGKILL to the process of one connection: PostgreSQL ends all of them and recovers."""
        assert self._server is not None
        for process in psutil.Process(self._server.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if _BACKEND in " ".join(process.cmdline()):
                    process.kill()
                    return
        raise HarnessError("PostgreSQL has no connection to kill")

    def _stop(self, server: subprocess.Popen[bytes]) -> None:
        """A fast shutdown; on a machine that is too busy for it, an immediate one."""
        server.send_signal(signal.SIGINT)
        try:
            server.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait(_STOP_S)

    def _initialise(self) -> None:
        words = ["-A", "trust", "-U", "interact", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = subprocess.run(  # noqa: S603 - an installed program
            [self._programs / "initdb", "-D", self._folder / "data", *words, *self._reserved],
            capture_output=True,
            text=True,
            cwd=self._folder,
            timeout=60,
            check=False,
            **self._as_whom,
        )
        if made.returncode:
            raise NoPostgresError(f"initdb failed: {made.stderr.strip()}")

    def _wait(self, server: subprocess.Popen[bytes]) -> None:
        deadline = self._clock.monotonic() + _START_S
        command: list[str | Path] = [
            *(self._programs / "pg_isready", "-q", "-h", self._folder),
            *("-U", "interact", "-d", "postgres"),
        ]
        while subprocess.run(command, check=False).returncode:  # noqa: S603 - an installed program
            if server.poll() is not None or self._clock.monotonic() > deadline:
                log = (self._folder / "log").read_text(errors="replace")
                raise NoPostgresError(f"PostgreSQL did not start: {log[-400:]}")
            self._clock.sleep(_LOOK_S)


def _programs() -> Path:
    folders = sorted(Path(_INSTALLED).glob("*/bin"), reverse=True)
    found = next((one for one in folders if (one / "initdb").exists()), None)
    on_path = shutil.which("initdb")
    if found is None and on_path is None:
        raise NoPostgresError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return found or Path(str(on_path)).resolve().parent


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Popen's arguments: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
