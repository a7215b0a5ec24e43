"""A little console for every test that asks for one, once on each engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.fakes.little_console import LittleConsole
from tests.fakes.postgres_server import NoPostgresError, running_postgres
from tests.fakes.wsgi_console import WsgiConsole


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the session."""
    try:
        with running_postgres() as url:
            yield url
    except NoPostgresError as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'little.sqlite3'}"
    url: str = request.getfixturevalue("postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return url


@pytest.fixture
def little(database_url: str) -> Iterator[LittleConsole]:
    console = LittleConsole(database_url)
    console.describe(agents=2)
    yield console
    console.store.close()


@pytest.fixture(scope="session")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a service, two agents and a channel; to be copied."""
    path = tmp_path_factory.mktemp("described") / "described.sqlite3"
    console = LittleConsole(f"sqlite:///{path}")
    console.describe(agents=2)
    console.store.close()
    return path


@pytest.fixture
def lone(described: Path, tmp_path: Path) -> Iterator[LittleConsole]:
    """A little console on SQLite alone: what the wire says does not depend on the engine."""
    shutil.copy(described, tmp_path / "lone.sqlite3")
    console = LittleConsole(f"sqlite:///{tmp_path / 'lone.sqlite3'}")
    yield console
    console.store.close()


@pytest.fixture
def web(lone: LittleConsole) -> WsgiConsole:
    """Its WSGI app."""
    return WsgiConsole(lone)
