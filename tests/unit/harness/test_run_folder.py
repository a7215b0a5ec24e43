"""The folder of a run and the pointer beside it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.run_folder import make_run_folder, point_latest_at

NOW = datetime(2026, 11, 23, 12, 34, 56, tzinfo=UTC)


def test_the_name_says_when_and_how(tmp_path: Path) -> None:
    folder = make_run_folder(tmp_path / "out", NOW, "browser-mobile")

    assert folder.name == "20261123-123456-browser-mobile"
    assert folder.is_dir()


def test_a_second_run_in_the_same_second_gets_a_number(tmp_path: Path) -> None:
    make_run_folder(tmp_path, NOW, "api-web")

    assert make_run_folder(tmp_path, NOW, "api-web").name == "20261123-123456-api-web-2"


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"run\.out \(--out\)"):
        make_run_folder(tmp_path / "out", NOW, "api-web")


def test_latest_follows_the_newest_run(tmp_path: Path) -> None:
    first, second = make_run_folder(tmp_path, NOW, "a"), make_run_folder(tmp_path, NOW, "b")
    point_latest_at(first)

    point_latest_at(second)

    assert (tmp_path / "latest").resolve() == second.resolve()
