"""Servers: started in a group of their own, ready in time, never left behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.clock import SystemClock
from harness.errors import HarnessError
from harness.processes import Launcher, free_port

SERVER = """
import http.server, subprocess, sys
print("hello from the server", flush=True)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("child", child.pid, flush=True)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *a):
        pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
DEAF = "import time; print('I listen to nobody', flush=True); time.sleep(60)"
DOOMED = "import sys; print('port taken by somebody'); sys.exit(2)"
SHOWS_ENVIRONMENT = "import os, json; print(json.dumps(dict(os.environ)))"


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[Launcher]:
    inherited = {**os.environ, "INTERACT_PORT": "1", "FAKE_META_SEED": "2", "KEPT": "3"}
    with Launcher(
        tmp_path / "logs", clock=SystemClock(), inherited=inherited, ready_s=10, stop_s=2
    ) as one:
        yield one


def run(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def is_running(pid: int) -> bool:
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


def test_a_server_is_ready_logs_and_stops_with_its_children(launcher: Launcher) -> None:
    port = free_port()

    server = launcher.start("little", run(SERVER, str(port)), {}, f"http://127.0.0.1:{port}/")

    child = int(server.log_tail().split()[-1])
    assert (server.alive(), is_running(child)) == (True, True)
    assert "hello from the server" in server.log_path.read_text(encoding="utf-8")
    launcher.stop_all()
    assert (server.alive(), is_running(child)) == (False, False)


def test_a_server_that_dies_is_reported_with_its_last_words(launcher: Launcher) -> None:
    with pytest.raises(HarnessError) as caught:
        launcher.start("doomed", run(DOOMED), {}, "http://127.0.0.1:1/")

    assert 'doomed ended with exit code 2: "port taken by somebody"' in str(caught.value)
    assert "doomed.log" in str(caught.value)


def test_a_server_that_does_not_answer_is_reported_after_the_deadline(tmp_path: Path) -> None:
    with Launcher(tmp_path, clock=SystemClock(), inherited=os.environ, ready_s=0.3) as launcher:
        url = f"http://127.0.0.1:{free_port()}/"
        with pytest.raises(HarnessError, match=r"deaf did not answer .* within 0\.3 s"):
            launcher.start("deaf", run(DEAF), {}, url)


def test_a_command_that_does_not_exist_is_named(launcher: Launcher) -> None:
    with pytest.raises(HarnessError, match=r"cannot start nothing \(/no/such/program\)"):
        launcher.start("nothing", ["/no/such/program"], {}, "http://127.0.0.1:1/")


def test_variables_that_steer_the_programs_are_not_inherited(launcher: Launcher) -> None:
    server = launcher.launch("shows", run(SHOWS_ENVIRONMENT), {"INTERACT_HOST": "h"}, "")

    server.process.wait(10)

    said = server.log_path.read_text(encoding="utf-8")
    assert '"KEPT": "3"' in said
    assert '"INTERACT_HOST": "h"' in said
    assert "INTERACT_PORT" not in said
    assert "FAKE_META_SEED" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux's")
def test_servers_end_when_the_harness_is_killed(tmp_path: Path) -> None:
    port = free_port()
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from harness.clock import SystemClock\n"
        "from harness.processes import Launcher\n"
        f"l = Launcher(Path({str(tmp_path)!r}), clock=SystemClock(), inherited=os.environ)\n"
        f"s = l.start('little', {run(SERVER, str(port))!r}, {{}}, 'http://127.0.0.1:{port}/')\n"
        "print(s.process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )

    done = subprocess.run(run(code), capture_output=True, text=True, timeout=30, check=False)

    pid = int(done.stdout)
    clock = SystemClock()
    deadline = clock.monotonic() + 5
    while is_running(pid) and clock.monotonic() < deadline:
        clock.sleep(0.05)
    assert not is_running(pid)
