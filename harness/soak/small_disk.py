"""A disk of a few megabytes under the database, which can really be full."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from harness.errors import HarnessError

MEGABYTE = 2**20
_WAIT_S = 20.0
_BALLAST, _BLOCK = "ballast", 64 * 1024


class NoSmallDiskError(HarnessError):
    """This machine lets nobody mount a filesystem here."""


class SmallDisk:
    """A tmpfs of so many megabytes, mounted at `folder` for the time of the block.

    Mounting needs root on Linux; NoSmallDiskError where it is refused.
    """

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        self._megabytes = megabytes
        self._ballast = folder / _BALLAST

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        size = f"size={self._megabytes}m,mode=0777"
        _run("mount", "-t", "tmpfs", "-o", size, "homolog", str(self.folder))
        return self

    def fill(self) -> None:
        """Write until there is no room for another byte."""
        with self._ballast.open("ab", buffering=0) as ballast:
            for size in (MEGABYTE, _BLOCK, 1):
                _write_all(ballast.fileno(), b"\0" * size)

    def clear(self) -> None:
        """Give the room back."""
        self._ballast.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """What is left."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Lazily: a server that is ending may still have a file open.
        _run("umount", "-l", str(self.folder))


def _write_all(target: int, block: bytes) -> None:
    while True:
        try:
            os.write(target, block)
        except OSError as trouble:
            if trouble.errno != errno.ENOSPC:
                raise
            return


def _run(*command: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system
            command, capture_output=True, text=True, timeout=_WAIT_S, check=False
        )
    except OSError as trouble:
        raise NoSmallDiskError(f"{command[0]}: {trouble}") from trouble
    if done.returncode:
        raise NoSmallDiskError(done.stderr.strip() or f"{command[0]} ended with {done.returncode}")
