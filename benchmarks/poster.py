"""Posts signed webhooks on many kept-alive connections, as fast as the callback takes them.

`python -m benchmarks.poster URL SECONDS CONNECTIONS` prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from itertools import islice

import pycurl

from benchmarks.hammer import Blows, hammer
from benchmarks.webhooks import customers, endless

MOST = 60_000  # made beforehand, so that signing costs nothing while it is measured
CROWD = 50


def post(url: str, seconds: float, connections: int) -> Blows:
    """Each body once; what was answered with 200 a second, and how long it took."""
    at_ms = int(time.time() * 1000)
    bodies = iter(list(islice(endless(customers(CROWD), at_ms), MOST)))

    def next_body(handle: pycurl.Curl) -> None:
        body, headers = next(bodies)
        handle.setopt(pycurl.POSTFIELDS, body)
        handle.setopt(pycurl.HTTPHEADER, headers)

    return hammer(url, seconds, connections, next_body)


if __name__ == "__main__":
    print(json.dumps(asdict(post(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))))  # noqa: T201
