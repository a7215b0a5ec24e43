"""A load client on libcurl's multi interface: one thread, many kept-alive connections.

Run as a process of its own, so that it can have a core of its own:
`python -m benchmarks.hammer URL SECONDS CONNECTIONS [BODY]` prints one JSON line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter

import pycurl

WARM_UP_S = 0.5


@dataclass(frozen=True)
class Blows:
    """What came of it: answers with status 200 a second, and how long they took.

    `answered` counts all, those of the warm-up too.
    """

    per_second: float
    p50_ms: float
    p99_ms: float
    failed: int
    answered: int


Prepare = Callable[[pycurl.Curl], None]


def hammer(
    url: str, seconds: float, connections: int, prepare: Prepare = lambda _handle: None
) -> Blows:
    """Ask again and again; `prepare` sets each request up before it goes out."""
    multi = pycurl.CurlMulti()
    started: dict[pycurl.Curl, float] = {}
    took: list[float] = []
    failed = answered = 0

    def send(handle: pycurl.Curl) -> None:
        prepare(handle)
        started[handle] = perf_counter()
        multi.add_handle(handle)

    begun = perf_counter()
    for handle in [_handle(url) for _ in range(connections)]:
        send(handle)
    while perf_counter() - begun < seconds + WARM_UP_S:
        multi.perform()
        multi.select(0.05)
        _, done, broken = multi.info_read()
        now = perf_counter()
        answered += len(done)
        for handle in [*done, *(one[0] for one in broken)]:
            if now - begun > WARM_UP_S:
                took.append(now - started[handle])
                failed += handle.getinfo(pycurl.RESPONSE_CODE) != 200
            multi.remove_handle(handle)
            send(handle)
    took.sort()
    return Blows(
        per_second=(len(took) - failed) / seconds,
        p50_ms=percentile(took, 0.50) * 1000,
        p99_ms=percentile(took, 0.99) * 1000,
        failed=failed,
        answered=answered,
    )


def posting(body: str) -> Prepare:
    """Each request posts this JSON."""

    def prepare(handle: pycurl.Curl) -> None:
        handle.setopt(pycurl.POSTFIELDS, body)
        handle.setopt(pycurl.HTTPHEADER, ["Content-Type: application/json", "Expect:"])

    return prepare


def _handle(url: str) -> pycurl.Curl:
    handle = pycurl.Curl()
    handle.setopt(pycurl.URL, url)
    handle.setopt(pycurl.WRITEFUNCTION, len)
    handle.setopt(pycurl.NOSIGNAL, 1)
    return handle


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of these sorted values lies; 0 without any."""
    return values[min(len(values) - 1, int(len(values) * share))] if values else 0.0


if __name__ == "__main__":
    words = sys.argv[1:]
    prepare = [posting(body) for body in words[3:4]]
    blows = hammer(words[0], float(words[1]), int(words[2]), *prepare)
    print(json.dumps(asdict(blows)))  # noqa: T201
