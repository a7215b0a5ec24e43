"""Temporary files of a run lie in one folder, which goes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from harness.scratch import PREFIX, scratch_folder, sweep


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_everything_temporary_lies_in_it_and_goes_with_it(outside: Path) -> None:
    with scratch_folder() as folder:
        Path(tempfile.mkdtemp(), "left behind").touch()
        told = os.environ["TMPDIR"]
        inside = list(folder.iterdir())

    assert (told, len(inside)) == (str(folder), 1)
    assert list(outside.iterdir()) == []
    assert (tempfile.gettempdir(), os.environ["TMPDIR"]) == (str(outside), str(outside))


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = [f"{PREFIX}{ended.pid}-x", f"{PREFIX}{os.getpid()}-x", f"{PREFIX}none", "homolog-other"]
    for name in names:
        (tmp_path / name / "deep").mkdir(parents=True)

    sweep(tmp_path)

    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(names[1:])
