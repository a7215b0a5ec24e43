"""A browser that does not start; alone in its file, for Playwright runs once in a thread."""

from pathlib import Path

import pytest

from harness.drivers.browser import Browser
from harness.drivers.browser_window import Glass
from harness.errors import HarnessError


def test_a_browser_that_does_not_start_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)

    with pytest.raises(HarnessError, match="does not start"):
        Browser(broken).open_window(Glass("console"))
