"""Transactions: one writer at a time, readers on a snapshot, on SQLite and on PostgreSQL.

This process queues its writers at a lock, where waiting is free, instead of at the database, where
it is polling or takes a connection. Other processes wait at the database (`engines`).
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from system_under_test.adapters.audit_rows import read_book
from system_under_test.adapters.engines import (
    MIGRATING,
    READING,
    WRITING,
    end_migration,
    open_engine,
)
from system_under_test.adapters.migrations import migrate
from system_under_test.adapters.rows import SqlRecords
from system_under_test.adapters.setup_rows import SetupRows
from system_under_test.adapters.wakeups import Wakeups, notify_others
from system_under_test.domain.audit import Book
from system_under_test.domain.routing import POSITIONS
from system_under_test.service.ports import Clock, Doorbell, StorageError


class SqlStore:
    """Hands out records, one transaction at a time for writers."""

    def __init__(
        self, url: str, bell: Doorbell, clock: Clock, most_positions: int = POSITIONS
    ) -> None:
        self._engine = open_engine(url)
        self._bell = bell
        self._clock = clock
        self._most_positions = most_positions
        self._writer = threading.Lock()
        self._origin = uuid.uuid4().hex
        self.is_shared = self._engine.dialect.name == "postgresql"

    def create_tables(self) -> None:
        """Create or upgrade the tables; StorageError when the database cannot be opened."""
        options = {"begin": MIGRATING}
        with (
            self._told_as(f"open {self._engine.url}"),
            self._engine.connect().execution_options(**options) as connection,
        ):
            with connection.begin():
                migrate(connection, self._most_positions)
            end_migration(connection)

    @contextmanager
    def writing(self) -> Iterator[SqlRecords]:
        """One transaction that excludes every other writer; StorageError when impossible."""
        with self._writer, self._told_as("write"), self._connection(WRITING) as connection:
            records = SqlRecords(connection, self._clock)
            yield records
            if self.is_shared:
                notify_others(connection, self._origin, records.woken)
        self._bell.ring(records.woken)

    @contextmanager
    def reading(self) -> Iterator[SqlRecords]:
        """One consistent snapshot."""
        with self._told_as("read"), self._connection(READING) as connection:
            yield SqlRecords(connection, self._clock)

    @contextmanager
    def administering(self) -> Iterator[SetupRows]:
        """One writing transaction of the administration."""
        with self._writer, self._told_as("write"), self._connection(WRITING) as connection:
            yield SetupRows(connection, self._most_positions, self._clock.now_ms())

    def settle(self) -> None:
        """Write the log back, so that no file holds what was erased; readers may put it off."""
        if not self.is_shared:
            with self._told_as("write"), self._writer, self._engine.connect() as connection:
                borrowed: Any = connection.connection.dbapi_connection
                borrowed.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def audited(self) -> Book:
        """The whole database as the audit reads it, one snapshot."""
        with self._told_as("read"), self._connection(READING) as connection:
            return read_book(connection)

    def follow_others(self) -> None:
        """Ring the doorbell from now on also for what other processes commit."""
        if self.is_shared:
            Wakeups(self._engine, self._bell, self._origin).start()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _connection(self, begin: str) -> Iterator[Connection]:
        options = {"begin": begin}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def _told_as(self, attempt: str) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, DataError):
            raise  # a rule of the schema was broken: that is a defect, not an outage
        except DBAPIError as error:
            reason = str(error.orig).strip().split("\n")[0]
            raise StorageError(f"cannot {attempt}: {reason}") from error
        except PoolTimeoutError as error:
            raise StorageError(f"cannot {attempt}: no connection became free in time") from error
