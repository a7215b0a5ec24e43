"""Posts signed webhooks on many kept-alive connections, as fast as the callback takes them.

`python -m benchmarks.poster URL SECONDS CONNECTIONS` prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from itertools import islice
from time import perf_counter

import pycurl

from benchmarks.hammer import WARM_UP_S, Blows, percentile
from benchmarks.webhooks import customers, endless

MOST = 60_000  # made beforehand, so that signing costs nothing while it is measured
CROWD = 50


def post(url: str, seconds: float, connections: int) -> Blows:
    """Each body once; what was answered with 200 a second, and how long it took."""
    at_ms = int(time.time() * 1000)
    bodies = iter(list(islice(endless(customers(CROWD), at_ms), MOST)))
    multi = pycurl.CurlMulti()
    started: dict[pycurl.Curl, float] = {}
    took: list[float] = []
    failed = 0

    def send(handle: pycurl.Curl) -> None:
        body, headers = next(bodies)
        handle.setopt(pycurl.POSTFIELDS, body)
        handle.setopt(pycurl.HTTPHEADER, headers)
        started[handle] = perf_counter()
        multi.add_handle(handle)

    for _ in range(connections):
        handle = pycurl.Curl()
        handle.setopt(pycurl.URL, url)
        handle.setopt(pycurl.WRITEFUNCTION, len)
        handle.setopt(pycurl.NOSIGNAL, 1)
        send(handle)
    begun = perf_counter()
    while perf_counter() - begun < seconds + WARM_UP_S:
        multi.perform()
        multi.select(0.05)
        _, done, broken = multi.info_read()
        now = perf_counter()
        for handle in [*done, *(one[0] for one in broken)]:
            if now - begun > WARM_UP_S:
                took.append(now - started[handle])
                failed += handle.getinfo(pycurl.RESPONSE_CODE) != 200
            multi.remove_handle(handle)
            send(handle)
    took.sort()
    per_second = (len(took) - failed) / seconds
    return Blows(per_second, percentile(took, 0.5) * 1000, percentile(took, 0.99) * 1000, failed)


if __name__ == "__main__":
    print(json.dumps(asdict(post(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))))  # noqa: T201
