"""Finds the Chromium that plays reviewer and customer; installing one is the business of `make`."""

import shutil
import subprocess
from pathlib import Path

from harness.config import Config
from harness.errors import ConfigError

# Without a window to draw, the shell opens a page about three times as fast as the whole browser.
SHELL = "chromium-headless-shell"
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
        f"({', '.join((SHELL, *NAMES))}), or download Playwright's (`playwright install chromium`); "
        "`make setup` does it for you, and `--driver api` needs none"
    )


def version_of(executable: Path) -> str:
    """Return what the browser says about its version; "" when it says nothing."""
    try:
        answer = subprocess.run(  # noqa: S603 - the browser the user chose
            [executable, "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip()
