"""The folder of one run, and the pointer `latest` beside it."""

from datetime import datetime
from itertools import count
from pathlib import Path

from harness.errors import ConfigError

LATEST = "latest"


def make_run_folder(out: Path, now: datetime, label: str) -> Path:
    """Create `YYYYMMDD-HHMMSS-<label>` below `out`, with a number behind it when it exists."""
    name = f"{now:%Y%m%d-%H%M%S}-{label}"
    for number in count(1):
        folder = out / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            if not out.is_dir():
                raise ConfigError(f"run.out (--out): {out} is not a folder") from None
            continue
        except OSError as error:
            raise ConfigError(
                f"run.out (--out): cannot write to {out}: {error.strerror}"
            ) from error
        return folder
    raise AssertionError("count() ends never")


def point_latest_at(folder: Path) -> None:
    """Let `latest` name the folder: a symbolic link, or a text file where links fail."""
    pointer = folder.parent / LATEST
    fresh = folder.parent / f".{LATEST}-{folder.name}"
    try:
        fresh.symlink_to(folder.name)
    except OSError:
        fresh.write_text(f"{folder.name}\n", encoding="utf-8")
    fresh.replace(pointer)
