"""Local servers: started in a group of their own, ready within a deadline, never left behind.

Standard output and error go to one log file a server. A server ends with the harness in every case:
`stop_all` on the way out, `atexit` behind it, and on Linux the kernel's parent-death signal for the
case that the harness is killed. Call `launch` from the main thread: that signal follows the thread.
"""

import atexit
import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from harness.clock import Clock
from harness.errors import HarnessError

LOG_TAIL_LINES = 15
POLL_S = 0.02
PROBE_TIMEOUT_S = 1.0
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
STEERING_PREFIXES = ("FAKE_META_", "INTERACT_", "HOMOLOG_")


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port of that host on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def check_port(host: str, port: int) -> None:
    """Raise OSError when somebody listens there: a server of ours would seem ready at once."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


@dataclass
class ServerProcess:
    """One server: its name, where it logs, and its life."""

    name: str
    log_path: Path
    ready_url: str
    process: subprocess.Popen[bytes] = field(repr=False)
    clock: Clock = field(repr=False)
    stop_s: float = 4.0

    def alive(self) -> bool:
        """Tell whether it still runs."""
        return self.process.poll() is None

    def log_tail(self, lines: int = LOG_TAIL_LINES) -> str:
        """Return the last lines it wrote."""
        text = self.log_path.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def obituary(self) -> str:
        """Say in one line how it ended and what its last words were."""
        code = self.process.poll()
        last = [line.strip() for line in self.log_tail().splitlines() if line.strip()]
        # Who is ended by a signal has no time for last words; what stands there is older.
        words = f': "{last[-1]}"' if last and code is not None and code > 0 else ""
        return f"{self.name} {_ending(code)}{words} (log: {self.log_path})"

    def wait_ready(self, timeout_s: float) -> Self:
        """Return once `ready_url` answers 200; HarnessError when it dies or takes too long."""
        deadline = self.clock.monotonic() + timeout_s
        while not _answers(self.ready_url):
            if not self.alive():
                raise HarnessError(f"not ready: {self.obituary()}")
            if self.clock.monotonic() > deadline:
                raise HarnessError(
                    f"{self.name} did not answer {self.ready_url} within {timeout_s:g} s; "
                    f"its last words stand in {self.log_path}"
                )
            self.clock.sleep(POLL_S)
        if not self.alive():  # somebody else's server answered at that address
            raise HarnessError(f"not ready: {self.obituary()}")
        return self

    def stop(self) -> None:
        """End it and its whole group: SIGTERM, a bounded wait, SIGKILL. Repeatable."""
        self.request_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.stop_s)
        self._signal(signal.SIGKILL)
        self.process.wait()

    def request_stop(self) -> None:
        """Ask it to end, without waiting."""
        if self.alive():
            self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


class Launcher:
    """Starts servers and answers for their end."""

    def __init__(
        self,
        log_folder: Path,
        *,
        clock: Clock,
        inherited: Mapping[str, str],
        ready_s: float = 20.0,
        stop_s: float = 4.0,
    ) -> None:
        self._log_folder = log_folder
        self._clock = clock
        self._inherited = inherited
        self._ready_s = ready_s
        self._stop_s = stop_s
        self.servers: list[ServerProcess] = []

    def __enter__(self) -> Self:
        atexit.register(self.stop_all)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop_all()
        atexit.unregister(self.stop_all)

    def start(
        self, name: str, command: Sequence[str], environ: Mapping[str, str], ready_url: str
    ) -> ServerProcess:
        """Start a server and return it once `ready_url` answers 200."""
        return self.launch(name, command, environ, ready_url).wait_ready(self._ready_s)

    def launch(
        self, name: str, command: Sequence[str], environ: Mapping[str, str], ready_url: str
    ) -> ServerProcess:
        """Start a server without waiting; the caller ends with `wait_ready`."""
        self._log_folder.mkdir(parents=True, exist_ok=True)
        log_path = self._log_folder / f"{name}.log"
        with log_path.open("ab") as log:
            try:
                process = subprocess.Popen(  # noqa: S603 - commands come from us or the configuration
                    list(command),
                    env={**self._inheritance(), "PYTHONUNBUFFERED": "1", **environ},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=_die_with_the_harness(os.getpid()),  # noqa: PLW1509 - main thread only
                )
            except OSError as error:
                raise HarnessError(
                    f"cannot start {name} ({command[0]}): {error.strerror}"
                ) from error
        server = ServerProcess(name, log_path, ready_url, process, self._clock, self._stop_s)
        self.servers.append(server)
        return server

    def wait_ready(self, server: ServerProcess) -> ServerProcess:
        """Wait for a launched server with this launcher's deadline."""
        return server.wait_ready(self._ready_s)

    def stop_all(self) -> None:
        """End every server, the last started first; all are asked before one is waited for."""
        for server in reversed(self.servers):
            server.request_stop()
        for server in reversed(self.servers):
            server.stop()
        self.servers.clear()

    def _inheritance(self) -> dict[str, str]:
        """Leave out variables that steer the programs: a run is what its configuration says."""
        return {
            key: value
            for key, value in self._inherited.items()
            if not key.startswith(STEERING_PREFIXES)
        }


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(
        parts.hostname or "127.0.0.1", parts.port or 80, timeout=PROBE_TIMEOUT_S
    )
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _ending(code: int | None) -> str:
    if code is None:
        return "still runs"
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"


def _die_with_the_harness(harness_pid: int) -> Callable[[], None] | None:
    """Return what a child does before it becomes the server: ask the kernel to end it with us."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != harness_pid:  # we died between fork and here
            os.kill(os.getpid(), signal.SIGTERM)

    return ask
