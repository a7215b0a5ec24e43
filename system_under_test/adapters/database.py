"""Transactions on SQLite in WAL; written so that PostgreSQL can follow.

SQLite has one writer; this process queues its writers at a lock, where waiting is free, instead of
at the database, where it is polling. Other processes (the administration) wait with busy_timeout.
On PostgreSQL an advisory transaction lock takes the lock's place: both make event ids grow in the
order of commits.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from system_under_test.adapters.migrations import migrate
from system_under_test.adapters.rows import SqlRecords
from system_under_test.adapters.setup_rows import SetupRows
from system_under_test.domain.routing import POSITIONS
from system_under_test.service.ports import Clock, Doorbell, StorageError

_BUSY_S = 10
_ROUTER_LOCK = 7_061_984  # any number that nothing else in the database uses


class SqlStore:
    """Hands out records, one transaction at a time for writers."""

    def __init__(
        self, url: str, bell: Doorbell, clock: Clock, most_positions: int = POSITIONS
    ) -> None:
        self._engine = _engine(url)
        self._bell = bell
        self._clock = clock
        self._most_positions = most_positions
        self._writer = threading.Lock()

    def create_tables(self) -> None:
        """Create or upgrade the tables; StorageError when the database cannot be opened."""
        try:
            with self._connection("BEGIN IMMEDIATE") as connection:
                migrate(connection, self._most_positions)
        except DBAPIError as error:
            raise StorageError(f"cannot open {self._engine.url}: {error.orig}") from error

    @contextmanager
    def writing(self) -> Iterator[SqlRecords]:
        """One transaction that excludes every other writer; StorageError when impossible."""
        with self._writer:
            try:
                with self._connection("BEGIN IMMEDIATE") as connection:
                    if connection.dialect.name == "postgresql":
                        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ROUTER_LOCK})"))
                    records = SqlRecords(connection, self._clock)
                    yield records
            except IntegrityError:
                raise  # a rule of the schema was broken: that is a defect, not an outage
            except DBAPIError as error:
                raise StorageError(f"cannot write: {error.orig}") from error
        self._bell.ring(records.woken)

    @contextmanager
    def reading(self) -> Iterator[SqlRecords]:
        """One consistent snapshot."""
        try:
            with self._connection("BEGIN") as connection:
                yield SqlRecords(connection, self._clock)
        except DBAPIError as error:
            raise StorageError(f"cannot read: {error.orig}") from error

    @contextmanager
    def administering(self) -> Iterator[SetupRows]:
        """One writing transaction of the administration."""
        try:
            with self._writer, self._connection("BEGIN IMMEDIATE") as connection:
                yield SetupRows(connection, self._most_positions)
        except DBAPIError as error:
            raise StorageError(f"cannot write: {error.orig}") from error

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _connection(self, begin: str) -> Iterator[Connection]:
        options = {"begin": begin}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection


def _engine(url: str) -> Engine:
    try:
        if not url.startswith("sqlite"):
            return create_engine(url, pool_size=16, max_overflow=32)
        engine = create_engine(
            url, pool_size=16, max_overflow=-1, connect_args={"timeout": _BUSY_S}
        )
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StorageError(f"cannot use the database URL {url!r}: {error}") from error
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where _begin says, and only there
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a 200 to Meta promises that a power cut loses nothing
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_S * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
