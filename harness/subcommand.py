"""Runs a module of ours as a process in the foreground, for what must not share our interpreter."""

import subprocess
import sys
from collections.abc import Sequence

PATIENCE_S = 15


def run_module(module: str, options: Sequence[str]) -> int:
    """Return its exit code; when we are interrupted it is asked to end, then made to."""
    process = subprocess.Popen([sys.executable, "-m", module, *options])  # noqa: S603 - our module
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise
