"""The last resort of a run: however stuck, it ends."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hard_stop(limit_s: float) -> Iterator[None]:
    """End the process with exit code 3 after that many seconds; its servers die with it."""

    def end(_number: int, _frame: object) -> None:
        sys.stderr.write(f"homolog load: still not done after {limit_s:g} s; giving up\n")
        sys.stderr.flush()
        os._exit(3)

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
