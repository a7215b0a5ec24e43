"""The servers that are compared: the emulator, a bare Flask, and peers from npm."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import requests

from benchmarks.machine import SERVER_CORE, pinned
from harness.clock import SystemClock
from harness.drivers.meta_control import MetaControl
from harness.processes import Launcher, ServerProcess, free_port

MOUNTEBANK = "mountebank@2.9.1"
WIREMOCK = "wiremock@3.13.2"
PROFILE = {
    "name": "Ana Silva",
    "username": "ana.silva",
    "profile_pic": "https://scontent.cdninstagram.com/v/t51.2885-19/" + "9" * 60 + ".jpg?oe=0",
    "follower_count": 10,
    "is_user_follow_business": False,
    "is_business_follow_user": False,
    "is_verified_user": False,
    "id": "3603717463085785",
}


@dataclass(frozen=True)
class Stall:
    """A server that runs: where a profile is read, and how it came up."""

    name: str
    profile_url: str
    process: ServerProcess
    start_s: float
    meta: MetaControl | None = None


@contextlib.contextmanager
def launcher() -> Iterator[Launcher]:
    """Starts servers and ends them all."""
    with (
        tempfile.TemporaryDirectory(prefix="homolog-bench-") as folder,
        Launcher(Path(folder), clock=SystemClock(), inherited=os.environ, ready_s=60) as starting,
    ):
        yield starting


def emulator(starting: Launcher, name: str = "fake_meta") -> Stall:
    """The emulator with real state: app and Page subscribed, a tester who has written."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = pinned([sys.executable, "-m", "fake_meta", "--port", str(port)], SERVER_CORE)
    begun = perf_counter()
    process = starting.start(name, command, {}, f"{url}/_control/health")
    start_s = perf_counter() - begun
    meta = MetaControl(url)
    world = meta.world()
    customer = world.testers[0]
    meta.send(customer.username, "hello")
    fields = "name,username,profile_pic,follower_count,is_user_follow_business"
    query = f"fields={fields}&access_token={world.page_token}"
    return Stall(name, f"{url}/v25.0/{customer.igsid}?{query}", process, start_s, meta)


def bare_flask(starting: Launcher) -> Stall:
    """The same answer from a Flask view without state, on the same server: the limit."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "64", "--log-level", "error"),
        *("--factory", "benchmarks.bare:create_app"),
    ]
    begun = perf_counter()
    process = starting.start("bare Flask", pinned(command, SERVER_CORE), {}, f"{url}/health")
    return Stall("bare Flask", f"{url}/v25.0/1", process, perf_counter() - begun)


def mountebank(starting: Launcher) -> Stall | None:
    """The fastest mock server of npm with the same answer; None where there is no Node."""
    folder = _installed(MOUNTEBANK)
    if folder is None:
        return None
    url = f"http://127.0.0.1:{(port := free_port())}"
    admin = f"http://127.0.0.1:{(admin_port := free_port())}"
    command = [
        *(str(folder / "node_modules" / ".bin" / "mb"), "start", "--port", str(admin_port)),
        *("--nologfile", "--loglevel", "error", "--pidfile", str(folder / "mb.pid")),
    ]
    begun = perf_counter()
    process = starting.start("mountebank", pinned(command, SERVER_CORE), {}, admin)
    headers = {"Content-Type": "application/json", "Connection": "keep-alive"}
    stub = {"is": {"headers": headers, "body": json.dumps(PROFILE)}}
    imposter = {"port": port, "protocol": "http", "stubs": [{"responses": [stub]}]}
    requests.post(f"{admin}/imposters", json=imposter, timeout=10).raise_for_status()
    return Stall("mountebank", f"{url}/v25.0/1", process, perf_counter() - begun)


def wiremock(starting: Launcher) -> Stall | None:
    """Java's mock server with the same answer and its journal; None where there is no Java."""
    folder = None if shutil.which("java") is None else _installed(WIREMOCK)
    if folder is None:
        return None
    jar = next((folder / "node_modules" / "wiremock" / "build").glob("*.jar"))
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = ["java", "-jar", str(jar), "--port", str(port), "--disable-banner"]
    begun = perf_counter()
    process = starting.start("wiremock", pinned(command, SERVER_CORE), {}, f"{url}/__admin/health")
    mapping = {
        "request": {"method": "GET", "urlPath": "/v25.0/1"},
        "response": {
            "status": 200,
            "headers": {"Content-Type": "application/json"},
            "body": json.dumps(PROFILE),
        },
    }
    requests.post(f"{url}/__admin/mappings", json=mapping, timeout=10).raise_for_status()
    return Stall("WireMock", f"{url}/v25.0/1", process, perf_counter() - begun)


def _installed(package: str) -> Path | None:
    if shutil.which("npm") is None:
        return None
    folder = Path(tempfile.gettempdir()) / f"homolog-bench-{package.replace('@', '-')}"
    if not (folder / "node_modules").exists():
        folder.mkdir(exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), package]
        subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603
    return folder
