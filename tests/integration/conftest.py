"""A console process with a small Graph API behind it."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.graph_server import GraphServer, running_graph
from tests.fakes.running_console import RunningConsole


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
    shutil.copy(described_database, tmp_path)
    console = RunningConsole(tmp_path, graph_server.url)
    console.start()
    yield console
    if console.process is not None:
        console.stop(signal.SIGKILL)
