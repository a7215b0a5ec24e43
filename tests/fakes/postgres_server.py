"""A PostgreSQL of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from harness.clock import SystemClock
from harness.drivers.postgres import NoPostgresError, PostgresServer

__all__ = ["NoPostgresError", "running_postgres"]


@contextmanager
def running_postgres() -> Iterator[str]:
    """Its database URL; NoPostgresError with the reason when none can be started."""
    with PostgresServer(SystemClock()) as server:
        yield server.url
