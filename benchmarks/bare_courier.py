"""The limit of deliveries: the emulator's own client signs and posts the same bytes, no more.

`python -m benchmarks.bare_courier URL SECONDS` prints one JSON line.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import threading
from time import perf_counter

from fake_meta.courier import CurlTransport, OutboundRequest

AT_ONCE = 256
SECRET = b"0123456789abcdef0123456789abcdef"


def run(url: str, seconds: float, body: bytes) -> float:
    """Deliveries a second."""
    transport = CurlTransport()
    free = threading.Semaphore(AT_ONCE)
    done = 0

    def finished(_reply: object) -> None:
        nonlocal done
        done += 1
        free.release()

    begun = perf_counter()
    while perf_counter() - begun < seconds:
        free.acquire()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature": "sha1=" + hmac.digest(SECRET, body, hashlib.sha1).hex(),
            "X-Hub-Signature-256": "sha256=" + hmac.digest(SECRET, body, hashlib.sha256).hex(),
        }
        transport.submit(OutboundRequest("POST", url, headers, body), finished)
    elapsed = perf_counter() - begun
    total = done
    transport.close()
    return total / elapsed


if __name__ == "__main__":
    print(json.dumps({"per_second": run(sys.argv[1], float(sys.argv[2]), sys.argv[3].encode())}))  # noqa: T201
