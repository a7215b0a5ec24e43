"""Chromium's processes: found when it starts, ended from outside when its pages answer no more."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

import psutil


@contextlib.contextmanager
def newcomers() -> Iterator[Callable[[], list[psutil.Process]]]:
    """Within it: the processes below us that were not there when it began."""
    before = set(_below_us())
    yield lambda: [process for process in _below_us() if process not in before]


def end(processes: Sequence[psutil.Process]) -> None:
    """Kill them and what they started; whoever waits for an answer of theirs gets an error.

    May be called from any thread. A pid that belongs to somebody else by now is left alone.
    """
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in process.children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
            process.kill()


def _below_us() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)
