"""A console process with a small Graph API behind it; a Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from harness.chromium import find_chromium
from harness.config import Config
from tests.fakes.graph_server import GraphServer, running_graph
from tests.fakes.running_console import RunningConsole, console_on


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; without one these tests fail: `make test` has installed it."""
    return str(find_chromium(Config()))


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """A Chromium of the module's own: two Playwrights cannot live in one thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def graph_server() -> Iterator[GraphServer]:
    with running_graph() as graph:
        yield graph


@pytest.fixture(scope="session")
def described_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with service, agents and channel; to be copied."""
    folder = tmp_path_factory.mktemp("console")
    RunningConsole(folder, "http://127.0.0.1:1").apply()
    return folder / "interact.sqlite3"


@pytest.fixture
def interact(
    tmp_path: Path, graph_server: GraphServer, described_database: Path
) -> Iterator[RunningConsole]:
    with console_on(described_database, tmp_path, graph_server.url) as console:
        yield console
