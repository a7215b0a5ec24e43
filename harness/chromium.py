"""Finds the Chromium that plays reviewer and customer; installing one is the business of `make`."""

import shutil
import subprocess
from pathlib import Path

from harness.config import Config
from harness.errors import ConfigError

# Without a window to draw, the shell opens a page about three times as fast as the whole browser.
SHELL = "chromium-headless-shell"
ANSWER_S = 15
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium(config: Config) -> Path:
    """Return the browser's executable: configured, on PATH, or Playwright's own download."""
    if config.run.chromium:
        return _configured(config.run.chromium)
    for name in NAMES if config.run.headed else (SHELL, *NAMES):
        found = shutil.which(name)
        if found:
            return Path(found)
    return _playwrights_own()


def _configured(named: str) -> Path:
    found = shutil.which(named)
    if found is None:
        raise ConfigError(
            f'run.chromium (HOMOLOG_CHROMIUM): expected the executable of a Chromium, got "{named}"'
        )
    return Path(found)


def _playwrights_own() -> Path:
    # Asking Playwright starts its driver (0.3 s), so it is asked last.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    if path.exists():
        return path
    raise ConfigError(
        "no Chromium found: name one in HOMOLOG_CHROMIUM, or put one on PATH "
        f"({', '.join((SHELL, *NAMES))}), or download Playwright's (`playwright install chromium`);"
        " `make setup` does it for you, and `--driver api` needs none"
    )


class ChromiumCheck:
    """Asks the browser for its version while other things start; also proves that it starts."""

    def __init__(self, executable: Path) -> None:
        self._executable = executable
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the browser the user chose
                [executable, "--version"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        except OSError as error:
            raise ConfigError(f"Chromium at {executable}: {error.strerror}") from error

    def version(self) -> str:
        """Return what it says; ConfigError when it says nothing."""
        try:
            said, _ = self._process.communicate(timeout=ANSWER_S)
        except subprocess.TimeoutExpired as error:
            self._process.kill()
            raise ConfigError(f"Chromium at {self._executable} does not answer") from error
        if self._process.returncode or not said.strip():
            raise ConfigError(
                f"Chromium at {self._executable} does not start: `--version` ended with exit code "
                f"{self._process.returncode}; name another one in HOMOLOG_CHROMIUM"
            )
        return said.strip()
