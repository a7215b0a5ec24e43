"""A little console for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.little_console import LittleConsole


@pytest.fixture
def little(tmp_path: Path) -> Iterator[LittleConsole]:
    console = LittleConsole(tmp_path)
    console.describe(agents=2)
    yield console
    console.store.close()
