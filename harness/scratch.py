"""A run's own folder for temporary files: nothing of a run stays behind, however it ends."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

PREFIX = "homolog-run-"
_OWNED = re.compile(rf"{PREFIX}(\d+)-")


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Let temporary files of this process and of the browser's lie in one folder, then remove it.

    Playwright leaves its own behind when it is interrupted. What a run left that was killed, and
    so could remove nothing, is removed by the next one.
    """
    outside = Path(tempfile.gettempdir())
    sweep(outside)
    before = os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(
        prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True
    ) as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = None
            if before is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = before


def sweep(outside: Path) -> None:
    """Remove the folders of runs that live no more."""
    for folder in outside.glob(f"{PREFIX}*"):
        owner = _OWNED.match(folder.name)
        if owner and not psutil.pid_exists(int(owner[1])) and folder.stat().st_uid == os.getuid():
            shutil.rmtree(folder, ignore_errors=True)
