"""Servers on one core, clients on another, so that a ratio compares like with like."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.hammer import Blows

ROOT = Path(__file__).resolve().parents[1]
SERVER_CORE, CLIENT_CORE = 0, 1


def pinned(command: Sequence[str], core: int) -> list[str]:
    """The command on one core; as it is where there is only one, or no taskset."""
    if shutil.which("taskset") is None or (os.cpu_count() or 1) < 2:
        return list(command)
    return ["taskset", "-c", str(core), *command]


def hammered(url: str, seconds: float, connections: int = 64, body: str = "") -> Blows:
    """Hammer from the client's core."""
    words = [url, str(seconds), str(connections), *([body] if body else [])]
    return Blows(**told("benchmarks.hammer", words, timeout_s=seconds + 60))


def told(
    module: str, words: Sequence[str], timeout_s: float, core: int = CLIENT_CORE
) -> dict[str, Any]:
    """What a module says in its last line, run on that core."""
    done = subprocess.run(  # noqa: S603 - our own modules
        pinned([sys.executable, "-m", module, *words], core),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{module} ended with {done.returncode}: {done.stderr.strip()[-400:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def cpu_s(pid: int) -> float:
    """CPU time that a process and its children have taken, in seconds."""
    import psutil

    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return float(sum(sum(one.cpu_times()[:2]) for one in family))


def memory_mb(pid: int) -> float:
    """Resident memory of a process and its children, in MB."""
    import psutil

    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return float(sum(one.memory_info().rss for one in family)) / 1e6
