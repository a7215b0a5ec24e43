"""The console under attack: started, killed by process id, started again on the same database."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

from harness.clock import Clock
from harness.errors import HarnessError
from harness.processes import Launcher, ServerProcess, free_port
from harness.soak.plan import ALL, WORKER
from harness.targets.interact import HOST, PROGRAM

_GONE_S, _READY_S, _LOOK_S, _AUDIT_S = 10.0, 60.0, 0.1, 120
_DRILL = "system_under_test.drill:create_app"  # reads its clock's error from a file
_ENOUGH_BYTES = 8192
CLOCK_FILE = "DRILL_CLOCK_FILE"


class AttackedConsole:
    """A server with its workers; every one that is killed was started here."""

    def __init__(
        self, launcher: Launcher, environ: Mapping[str, str], folder: Path, clock: Clock
    ) -> None:
        self._launcher = launcher
        self._port = free_port(HOST)
        self._clock_file = folder / "clock-error-ms"
        self._environ = {
            **environ,
            "INTERACT_PORT": str(self._port),
            CLOCK_FILE: str(self._clock_file),
        }
        self._clock = clock
        self._server: ServerProcess | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self._port}"

    def start(self) -> None:
        """Start it and wait until it is ready; what it knows lies in the database from now on."""
        deadline = self._clock.monotonic() + _READY_S
        while True:
            command = (*PROGRAM, "serve", "--app", _DRILL)
            ready = f"{self.url}/health"
            server = self._launcher.launch("interact", command, self._environ, ready)
            try:
                self._server = server.wait_ready(_READY_S)
            except HarnessError:
                # The port may still be a dying worker's, or the database not back yet.
                if self._clock.monotonic() > deadline:
                    raise
                self._bury(server)
                self._clock.sleep(_LOOK_S)
            else:
                self._environ.pop("INTERACT_SETUP_FILE", None)
                return

    def kill(self, victim: str, choice: int) -> None:
        """SIGKILL the server, one of its workers, or all; start again what did not come back."""
        while not (workers := self._workers()):
            self._clock.sleep(_LOOK_S)  # it gives up after two deaths in a row
            self.revive()
        server = self._running()
        if victim == WORKER:
            _end(workers[choice % len(workers)])
        else:
            for process in workers if victim == ALL else []:
                _end(process)
            server.process.kill()
            server.process.wait(_GONE_S)
            psutil.wait_procs(workers, _GONE_S)  # they notice within two seconds that it is gone
        self.revive()

    def revive(self) -> None:
        """Wait until it answers; start it again if it has ended."""
        server = self._running()
        deadline = self._clock.monotonic() + _READY_S
        while self._clock.monotonic() < deadline:
            if not server.alive():
                self._bury(server)
                self.start()
                return
            with contextlib.suppress(HarnessError):
                server.wait_ready(_LOOK_S)
                return
            self._clock.sleep(_LOOK_S)
        raise HarnessError(f"the console did not come back: {server.log_tail()}")

    def set_clock_error(self, seconds: int) -> None:
        """Let its clock be wrong by so much, from now on."""
        fresh = self._clock_file.with_suffix(".new")
        fresh.write_text(str(seconds * 1000), encoding="ascii")
        fresh.replace(self._clock_file)

    def limit_files(self) -> None:
        """Let no file of its processes grow beyond some kilobytes, as a quota would."""
        self._limit(_ENOUGH_BYTES)

    def lift_limit(self) -> None:
        """Lift it."""
        self._limit(psutil.RLIM_INFINITY)

    def audit(self) -> dict[str, Any]:
        """What the console's own auditor says (docs/console.md), with every message."""
        # The audit is the one look into the console's database: its program makes it, not we.
        environ = {key: value for key, value in os.environ.items() if "INTERACT_" not in key}
        asked = subprocess.run(  # noqa: S603 - our own program
            [*PROGRAM, "admin", "audit", "--with-messages"],
            env={**environ, **self._environ},
            capture_output=True,
            text=True,
            timeout=_AUDIT_S,
            check=False,
        )
        try:
            told: dict[str, Any] = json.loads(asked.stdout)
        except ValueError as trouble:
            raise HarnessError(f"the audit said nothing: {asked.stderr.strip()}") from trouble
        return told

    def _running(self) -> ServerProcess:
        assert self._server is not None
        return self._server

    def _workers(self) -> list[psutil.Process]:
        if not self._running().alive():
            return []
        try:
            children = psutil.Process(self._running().process.pid).children()
            return [one for one in children if one.status() != psutil.STATUS_ZOMBIE]
        except psutil.NoSuchProcess:
            return []

    def _bury(self, server: ServerProcess) -> None:
        server.process.wait(_GONE_S)
        # Its process id may be given to a stranger: the launcher must not end it later.
        self._launcher.servers.remove(server)

    def _limit(self, most_bytes: int) -> None:
        for process in self._workers():
            with contextlib.suppress(psutil.NoSuchProcess):
                _, hard = process.rlimit(psutil.RLIMIT_FSIZE)
                process.rlimit(psutil.RLIMIT_FSIZE, (most_bytes, hard))


def _end(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.kill()
