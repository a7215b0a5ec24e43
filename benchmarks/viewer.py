"""Agents with open streams and customers who write: how long until an agent sees a message.

`python -m benchmarks.viewer URL AGENTS CUSTOMERS PER_SECOND SECONDS` prints one JSON line. Every
customer's conversation is opened first; only what they write afterwards is timed.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import pycurl
import requests

from benchmarks.hammer import percentile
from benchmarks.webhooks import customers, message, signed
from harness.targets.contract import Credentials
from harness.targets.interact_http import InteractHttpConsole

PASSWORD = "Aa123*"  # noqa: S105
ENTRANCE = "/interact_multiagent"
AT_ONCE = 50
LONGEST_S = 120.0


def login_of(number: int) -> str:
    """The login of an agent of the benchmark."""
    return f"agent{number}"


@dataclass
class Eyes:
    """What all streams together have shown."""

    opened: dict[str, tuple[int, int]] = field(default_factory=dict)  # conversation: agent, slot
    seen: dict[str, list[float]] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)

    def take(self, agent: int, kind: str, data: dict[str, Any]) -> None:
        """One event of an agent's stream."""
        if kind == "conversation_opened":
            taken = (agent, int(data["slot"]))
            if taken in self.opened.values():
                self.violations.append(f"position {taken} was given twice")
            self.opened[data["id"]] = taken
        elif kind == "message":
            owner = self.opened.get(data["conversation_id"], (0, 0))[0]
            if owner != agent:
                self.violations.append(f"agent {agent} saw a message of agent {owner}")
            self.seen.setdefault(data["message"]["mid"], []).append(perf_counter())


class Streams(threading.Thread):
    """Every agent's stream, read by one thread."""

    def __init__(self, url: str, cookies: list[str], cursors: list[int], eyes: Eyes) -> None:
        super().__init__(daemon=True)
        self._multi = pycurl.CurlMulti()
        self._ended = threading.Event()
        self._eyes = eyes
        self._rests = [b""] * len(cookies)
        self._handles = []
        for agent, (cookie, cursor) in enumerate(zip(cookies, cursors, strict=True)):
            handle = pycurl.Curl()
            handle.setopt(pycurl.URL, f"{url}{ENTRANCE}/api/stream?after={cursor}")
            handle.setopt(pycurl.COOKIE, f"interact_session={cookie}")
            handle.setopt(pycurl.WRITEFUNCTION, lambda data, agent=agent: self._hear(agent, data))
            handle.setopt(pycurl.NOSIGNAL, 1)
            self._handles.append(handle)
            self._multi.add_handle(handle)

    def run(self) -> None:
        """Read until `stop`."""
        while not self._ended.is_set():
            self._multi.perform()
            self._multi.select(0.02)

    def stop(self) -> None:
        """Read no more."""
        self._ended.set()
        self.join(5)

    def _hear(self, agent: int, data: bytes) -> None:
        *events, self._rests[agent] = (self._rests[agent] + data).split(b"\n\n")
        for event in events:
            fields = dict(
                line.split(": ", 1) for line in event.decode().splitlines() if ": " in line
            )
            if "event" in fields:
                self._eyes.take(agent + 1, fields["event"], json.loads(fields["data"]))


def sign_in(url: str, number: int) -> tuple[requests.Session, str, str, int]:
    """A session with its cookie, its token against forged calls, and the cursor of the present."""
    entrance = InteractHttpConsole(url + ENTRANCE, timeout_s=LONGEST_S)
    entrance.sign_in(Credentials(login_of(number), PASSWORD, ""))
    http = entrance.session
    state = http.get(f"{url}{ENTRANCE}/api/state", timeout=LONGEST_S).json()
    return http, http.cookies["interact_session"], state["csrf_token"], state["cursor"]


def watch(
    url: str, agents: int, crowd_size: int, per_second: int, seconds: float
) -> dict[str, Any]:
    """Open the floor, let the crowd write, tell what the agents saw and when."""
    with ThreadPoolExecutor(8) as pool:
        people = list(pool.map(lambda number: sign_in(url, number), range(1, agents + 1)))
    eyes = Eyes()
    streams = Streams(url, [one[1] for one in people], [one[3] for one in people], eyes)
    streams.start()
    for http, _, token, _ in people:
        http.post(
            f"{url}{ENTRANCE}/api/status",
            json={"status": "operating"},
            headers={"X-CSRF-Token": token},
            timeout=60,
        ).raise_for_status()
    crowd, webhook = customers(crowd_size), requests.Session()
    begun = perf_counter()
    for group in (crowd[at : at + AT_ONCE] for at in range(0, len(crowd), AT_ONCE)):
        now_ms = int(time.time() * 1000)
        _post(webhook, url, [message(one, f"mid.first.{one}", now_ms) for one in group], now_ms)
    _wait(lambda: len(eyes.opened) == crowd_size, "the crowd's conversations")
    opening_s = perf_counter() - begun
    sent = _write(webhook, url, crowd, per_second, seconds)
    _wait(lambda: len(eyes.seen.keys() & sent.keys()) == len(sent), "the messages", 15.0)
    streams.stop()
    delays = sorted(eyes.seen[mid][0] - at for mid, at in sent.items() if mid in eyes.seen)
    return {
        "agents": agents,
        "conversations": len(eyes.opened),
        "opening_s": opening_s,
        "messages": len(sent),
        "missing": len(sent.keys() - eyes.seen.keys()),
        "twice": sum(len(times) > 1 for times in eyes.seen.values()),
        "violations": eyes.violations[:5],
        "p50_ms": percentile(delays, 0.5) * 1000,
        "p99_ms": percentile(delays, 0.99) * 1000,
    }


def _write(
    webhook: requests.Session, url: str, crowd: list[str], per_second: int, seconds: float
) -> dict[str, float]:
    sent: dict[str, float] = {}
    pace = threading.Event()
    begun = perf_counter()
    for number in range(int(per_second * seconds)):
        pace.wait(max(0.0, begun + number / per_second - perf_counter()))
        now_ms = int(time.time() * 1000)
        mid = f"mid.timed.{number}"
        sent[mid] = perf_counter()
        _post(webhook, url, [message(crowd[number % len(crowd)], mid, now_ms)], now_ms)
    return sent


def _post(webhook: requests.Session, url: str, items: list[dict[str, object]], at_ms: int) -> None:
    body, headers = signed(items, at_ms)
    pairs = dict(line.split(":", 1) for line in headers if not line.startswith("Expect"))
    headed = {name: value.strip() for name, value in pairs.items()}
    webhook.post(f"{url}/webhooks/meta", data=body, headers=headed, timeout=60).raise_for_status()


def _wait(is_there: Any, what: str, limit_s: float = LONGEST_S) -> None:
    pause, begun = threading.Event(), perf_counter()
    while not is_there():
        if perf_counter() - begun > limit_s:
            print(f"{what} were not all seen within {limit_s} s", file=sys.stderr)  # noqa: T201
            return
        pause.wait(0.05)


if __name__ == "__main__":
    words = sys.argv[1:]
    told = watch(words[0], int(words[1]), int(words[2]), int(words[3]), float(words[4]))
    print(json.dumps(told))  # noqa: T201
