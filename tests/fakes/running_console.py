"""The console as a real process, with hands for Meta and for agents."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import requests

ROOT = Path(__file__).resolve().parents[2]
SECRET, VERIFY_TOKEN = "app-secret", "verify-token"
ACCOUNT, PAGE = "17841400000000001", "1348957937919"
_pause = threading.Event()
_Seen = TypeVar("_Seen")
_numbers = itertools.count(1)

SETUP = f"""
[[services]]
name = "Instagram"
[[agents]]
login = "reviewer"
name = "Review Agent"
password = "Aa123*"
services = ["Instagram"]
[[agents]]
login = "second"
name = "Second Agent"
password = "Bb123*"
services = ["Instagram"]
[[agents]]
login = "newcomer"
name = "New Agent"
services = ["Instagram"]
[[channels]]
page_id = "{PAGE}"
account_id = "{ACCOUNT}"
username = "empresa.exemplo"
token = "EAAtoken"
"""


def until(
    observe: Callable[[], _Seen], is_it: Callable[[_Seen], object], limit_s: float = 5.0
) -> _Seen:
    """The first observation that is it; AssertionError with the last one after the limit."""
    deadline = time.monotonic() + limit_s
    while True:
        seen = observe()
        if is_it(seen):
            return seen
        assert time.monotonic() < deadline, f"not within {limit_s} s; last seen: {seen!r}"
        _pause.wait(0.02)


def message(customer: str, text: str, mid: str | None = None, **more: Any) -> dict[str, Any]:
    """A messaging item from a customer."""
    mid = mid or f"mid.in.{next(_numbers)}"
    return _item(customer, ACCOUNT, {"mid": mid, **({"text": text} if text else {}), **more})


def echo(customer: str, text: str, mid: str) -> dict[str, Any]:
    """A messaging item from the account itself."""
    return _item(ACCOUNT, customer, {"mid": mid, "text": text, "is_echo": True})


def unsend(customer: str, mid: str) -> dict[str, Any]:
    """A customer withdraws a message."""
    return _item(customer, ACCOUNT, {"mid": mid, "is_deleted": True})


def mention(customer: str, mid: str, url: str) -> dict[str, Any]:
    """A customer's story mentions the account."""
    attachment = {"type": "story_mention", "payload": {"url": url}}
    return _item(customer, ACCOUNT, {"mid": mid, "attachments": [attachment]})


def _item(sender: str, recipient: str, content: dict[str, Any]) -> dict[str, Any]:
    stamp = 1_758_300_000_000 + next(_numbers)
    return {
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "timestamp": stamp,
        "message": content,
    }


def envelope(*items: dict[str, Any]) -> bytes:
    """Meta's wire form of these items, one entry."""
    entry = {"time": 1_758_300_000_000, "id": ACCOUNT, "messaging": list(items)}
    text = json.dumps({"object": "instagram", "entry": [entry]}, separators=(",", ":"))
    return text.replace("/", "\\/").encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """Both signature headers."""
    key = secret.encode()
    return {
        "Content-Type": "application/json",
        "X-Hub-Signature": "sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest(),
    }


@dataclass
class EventStream:
    """Server-Sent Events, read on a thread."""

    response: requests.Response
    events: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()

    def next(self, kind: str, limit_s: float = 5.0) -> dict[str, Any]:
        """The next event of that type, skipping others."""
        deadline = time.monotonic() + limit_s
        while True:
            event = self.events.get(timeout=max(0.01, deadline - time.monotonic()))
            if event["type"] == kind:
                return event

    def close(self) -> None:
        # close() alone would wait for the reading thread, which waits for the next heartbeat.
        if (body := self.response.raw._fp.fp) is not None:
            body.raw._sock.shutdown(socket.SHUT_RDWR)
        self.ended.wait(5)
        self.response.close()

    def _read(self) -> None:
        current: dict[str, Any] = {}
        try:
            for line in self.response.iter_lines(decode_unicode=True, chunk_size=1):
                name, _, value = line.partition(": ")
                if not line and "type" in current:
                    self.events.put(current)
                current = {} if not line else current
                if name == "id":
                    current["id"] = int(value)
                elif name == "event":
                    current["type"] = value
                elif name == "data":
                    current["data"] = json.loads(value)
        except (requests.RequestException, AttributeError, ValueError, OSError):
            pass  # closed by the test or cut by the server: the queue tells what came
        finally:
            self.ended.set()


class AgentHands:
    """A signed-in agent over HTTP."""

    def __init__(self, base: str) -> None:
        self.base = f"{base}/interact_multiagent"
        self.http = requests.Session()
        self.csrf = ""

    def log_in(self, login: str, password: str) -> requests.Response:
        page = self.http.get(self.base, timeout=5).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, page
        fields = {"login": login, "password": password, "csrf_token": found[1]}
        headers = {"Accept": "application/json"}
        return self.http.post(f"{self.base}/login", data=fields, headers=headers, timeout=5)

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.get("state").json()
        self.csrf = state.get("csrf_token", "")
        return state

    def get(self, path: str, **params: Any) -> requests.Response:
        return self.http.get(f"{self.base}/api/{path}", params=params, timeout=5)

    def post(self, path: str, body: Any = None) -> requests.Response:
        headers = {"X-CSRF-Token": self.csrf}
        return self.http.post(f"{self.base}/api/{path}", json=body, headers=headers, timeout=5)

    def operate(self) -> None:
        assert self.post("status", {"status": "operating"}).status_code == 200

    def conversations(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.state()["conversations"]
        return found

    def conversation(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"conversations/{number}").json()
        return found

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        """The conversations once there are that many."""
        return until(self.conversations, lambda seen: len(seen) == count)

    def wait_for_messages(self, number: str, count: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = until(
            lambda: self.conversation(number), lambda seen: len(seen["messages"]) == count
        )["messages"]
        return found

    @contextmanager
    def stream(self, after: int, last_event_id: int | None = None) -> Iterator[EventStream]:
        headers = {} if last_event_id is None else {"Last-Event-ID": str(last_event_id)}
        # A connection of its own: one that is cut in the middle must not be taken for other calls.
        response = requests.get(
            f"{self.base}/api/stream",
            params={"after": after},
            headers=headers,
            cookies=self.http.cookies,
            stream=True,
            timeout=(5, 30),
        )
        assert response.status_code == 200, response.text
        stream = EventStream(response)
        try:
            yield stream
        finally:
            stream.close()


class RunningConsole:
    """One console process on a free port, its database in a folder of its own."""

    def __init__(self, folder: Path, graph_url: str, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.folder = folder
        self.log = folder / "console.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.environ = {
            **os.environ,
            "INTERACT_PORT": str(port),
            "INTERACT_DATABASE_URL": f"sqlite:///{folder / 'interact.sqlite3'}",
            "INTERACT_APP_SECRET": SECRET,
            "INTERACT_VERIFY_TOKEN": VERIFY_TOKEN,
            "INTERACT_GRAPH_URL": graph_url,
            "INTERACT_PROFILE_TIMEOUT_S": "1",
            **settings,
        }

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "system_under_test", *words]

    def admin(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command("admin", *words),
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    def apply(self, setup: str = SETUP) -> None:
        path = self.folder / "setup.toml"
        path.write_text(setup, encoding="utf-8")
        result = self.admin("apply", str(path))
        assert result.returncode == 0, result.stderr

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command("serve"), cwd=ROOT, env=self.environ, stdout=log, stderr=log
            )
        until(self._health, lambda status: status == 200, limit_s=30)

    def stop(self, kind: signal.Signals = signal.SIGTERM) -> float:
        """Seconds until the process was gone."""
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(kind)
        self.process.wait(10)
        self.process = None
        return time.monotonic() - begun

    def is_listening(self) -> bool:
        return self._health() == 200

    def deliver(self, *items: dict[str, Any]) -> requests.Response:
        return self.post(body := envelope(*items), signed(body))

    def post(self, body: bytes, headers: dict[str, str]) -> requests.Response:
        return requests.post(f"{self.url}/webhooks/meta", data=body, headers=headers, timeout=10)

    def agent(self, login: str = "reviewer", password: str = "Aa123*") -> AgentHands:
        """A new sign-in, not yet receiving."""
        hands = AgentHands(self.url)
        answer = hands.log_in(login, password)
        assert answer.status_code == 200, answer.text
        hands.state()
        return hands

    def operating(self, login: str = "reviewer", password: str = "Aa123*") -> AgentHands:
        """A new sign-in in status Operating."""
        hands = self.agent(login, password)
        hands.operate()
        return hands

    def _health(self) -> int:
        try:
            return requests.get(f"{self.url}/health", timeout=2).status_code
        except requests.ConnectionError:
            return 0


@contextmanager
def console_on(
    database: Path, folder: Path, graph_url: str, setup: str = "", language: str = "en"
) -> Iterator[RunningConsole]:
    """A started console on a copy of a described database, with what `setup` adds."""
    shutil.copy(database, folder)
    console = RunningConsole(folder, graph_url)
    console.environ["INTERACT_LANGUAGE"] = language
    if setup:
        console.apply(setup)
    console.start()
    try:
        yield console
    finally:
        if console.process is not None:
            console.stop(signal.SIGKILL)
