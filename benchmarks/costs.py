"""What a call costs in a small world and in a large one, side by side in one process.

`python -m benchmarks.costs SMALL LARGE ROUNDS` prints one JSON line: microseconds of CPU by call,
in either world, and the memory that the large one takes. Without sockets, so that nothing but the
emulator is measured.
"""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from time import process_time
from typing import Any

import psutil

from fake_meta.app import EXTENSION, create_app
from fake_meta.domain.accounts import Role
from fake_meta.settings import Settings

CALLS_A_ROUND = 512
MESSAGES_A_CUSTOMER = 10
CUSTOMERS_IN_TURN = 40
TEXT = "Olá, tudo bem?"
JSON = "application/json"


@dataclass(frozen=True)
class Place:
    """An emulator with so many messages, and the calls that are made there."""

    calls: dict[str, Callable[[], None]]

    def cost_us(self, name: str) -> float:
        """CPU time of one call on average."""
        call, begun = self.calls[name], process_time()
        for _ in range(CALLS_A_ROUND):
            call()
        return (process_time() - begun) / CALLS_A_ROUND * 1e6


def place_with(messages: int) -> Place:
    """A world of so many messages, a tenth as many customers; the journal is small and full."""
    app = create_app(Settings(journal_megabytes=1))
    world = app.extensions[EXTENSION].parts.world
    crowd = [
        world.create_customer({"role": Role.TESTER})
        for _ in range(max(CUSTOMERS_IN_TURN, messages // MESSAGES_A_CUSTOMER))
    ]
    for number in range(messages):
        world.send_text(crowd[number % len(crowd)].username, TEXT)
    token = f"access_token={world.page.access_token}"
    turn = cycle(crowd[:: len(crowd) // CUSTOMERS_IN_TURN])
    listed = f"platform=instagram&fields=id,updated_time,participants&limit=25&{token}"

    def ask(method: str, path: str, query: str = "", body: Any = None) -> None:
        _ask(app.wsgi_app, method, path, query, body)

    def send() -> None:
        body = {"recipient": {"id": next(turn).igsid}, "message": {"text": TEXT}}
        ask("POST", "/v25.0/me/messages", token, body)

    calls = {
        "read a profile": lambda: ask("GET", f"/v25.0/{next(turn).igsid}", token),
        "send a message": send,
        "customer writes": lambda: ask(
            "POST", f"/_control/customers/{next(turn).username}/messages", "", {"text": TEXT}
        ),
        "list conversations": lambda: ask("GET", "/v25.0/me/conversations", listed),
    }
    return Place(calls)


def _ask(app: Callable[..., Any], method: str, path: str, query: str, body: Any) -> None:
    content = b"" if body is None else json.dumps(body).encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8701",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8701",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": sys.stderr,
    }
    if content:
        environ |= {"CONTENT_TYPE": JSON, "CONTENT_LENGTH": str(len(content))}
    statuses: list[str] = []
    answer = b"".join(app(environ, lambda status, *_: statuses.append(status)))
    if statuses[0][:1] != "2":
        raise SystemExit(f"{method} {path}: {statuses[0]} {answer[:300]!r}")


def compared(small: int, large: int, rounds: int) -> dict[str, Any]:
    """Medians of the rounds; both worlds in turn, so that both meet the same machine."""
    places = (place_with(small), place_with(large))
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)  # as the server does
    costs = {name: tuple(_medians(name, places, rounds)) for name in places[0].calls}
    memory_mb = psutil.Process().memory_info().rss / 1e6
    return {"costs_us": costs, "memory_mb": memory_mb}


def _medians(name: str, places: tuple[Place, Place], rounds: int) -> Iterator[float]:
    seen = [[place.cost_us(name) for place in places] for _ in range(rounds)]
    return (median(column) for column in zip(*seen[1:], strict=True))


if __name__ == "__main__":
    print(json.dumps(compared(*(int(word) for word in sys.argv[1:4]))))  # noqa: T201
