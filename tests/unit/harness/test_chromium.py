"""Which browser plays."""

from pathlib import Path

import pytest

from harness.chromium import ChromiumCheck, find_chromium
from harness.config import Config, RunSettings
from harness.errors import ConfigError


def executable(path: Path) -> Path:
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def wanting(chromium: str) -> Config:
    return Config(run=RunSettings(chromium=chromium))


def test_the_configured_browser_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(tmp_path / "chromium")
    mine = executable(tmp_path / "mine")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_chromium(wanting(str(mine))) == mine


def test_a_browser_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = executable(tmp_path / "google-chrome")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_chromium(wanting("")) == found


def test_a_configured_browser_that_is_not_there_is_refused() -> None:
    with pytest.raises(ConfigError, match=r'HOMOLOG_CHROMIUM.*got "/no/such/browser"'):
        find_chromium(wanting("/no/such/browser"))


def test_without_any_the_three_ways_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))

    with pytest.raises(ConfigError) as caught:
        find_chromium(wanting(""))

    assert "HOMOLOG_CHROMIUM" in str(caught.value)
    assert "PATH" in str(caught.value)
    assert "playwright install chromium" in str(caught.value)


def test_without_a_window_the_shell_is_preferred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(tmp_path / "chromium")
    shell = executable(tmp_path / "chromium-headless-shell")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_chromium(wanting("")) == shell


def test_a_headed_run_needs_the_whole_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(tmp_path / "chromium-headless-shell")
    whole = executable(tmp_path / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_chromium(Config(run=RunSettings(headed=True))) == whole


def test_a_browser_says_its_version(tmp_path: Path) -> None:
    browser = executable(tmp_path / "chromium")
    browser.write_text("#!/bin/sh\necho Chromium 156\n", encoding="utf-8")

    assert ChromiumCheck(browser).version() == "Chromium 156"


def test_a_browser_that_does_not_start_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"/bin/false does not start: .* exit code 1"):
        ChromiumCheck(Path("/bin/false")).version()
