"""How transactions begin on SQLite and on PostgreSQL, so that both keep the same promises.

A writer begins alone: on SQLite by BEGIN IMMEDIATE, on PostgreSQL by an advisory lock that lasts
until its commit is visible. So ids, which are cursors, grow in the order of commits on both; a
plain sequence would let a reader overtake a slower transaction (contact-centre D.1).
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from system_under_test.service.ports import StorageError

BUSY_S = 10
READING = "BEGIN"
WRITING = "BEGIN IMMEDIATE"
MIGRATING = "MIGRATING"  # as WRITING; SQLite keeps no foreign keys meanwhile
_WRITER_LOCK = 7_061_984  # any number that nothing else in the database uses
_POSTGRESQL_BEGIN = {
    # One snapshot for all of a reader's queries.
    READING: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    # Every later statement of a writer sees what the writer before it committed.
    WRITING: f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})",
    MIGRATING: f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})",
}


def open_engine(url: str) -> Engine:
    """The engine of that URL; StorageError when there is none for it."""
    try:
        if url.startswith("sqlite"):
            return _sqlite(url)
        if url.startswith("postgresql"):
            return _postgresql(url)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StorageError(f"cannot use the database URL {_masked(url)!r}: {error}") from error
    raise StorageError(
        f"cannot use the database URL {_masked(url)!r}: it must begin with sqlite:/// or"
        " postgresql+psycopg://"
    )


def _masked(url: str) -> str:
    return re.sub(r"://[^/]*@", "://***@", url)


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=16,
        max_overflow=-1,
        hide_parameters=True,  # what people write does not belong in a log
        connect_args={"timeout": BUSY_S},
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=8,
        max_overflow=8,  # a server allows 100 connections by default, to all processes together
        pool_timeout=BUSY_S,
        pool_pre_ping=True,  # a restarted server costs no request
        hide_parameters=True,
        connect_args={"connect_timeout": 5},
    )
    event.listen(engine, "connect", _configure_postgresql)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, and only there
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a 200 to Meta promises that a power cut loses nothing
        "foreign_keys=ON",
        "secure_delete=ON",  # what was withdrawn or erased is gone from the file, too
        f"busy_timeout={BUSY_S * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _configure_postgresql(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    for setting in (
        "synchronous_commit = on",  # as above
        f"lock_timeout = '{BUSY_S}s'",
        # A machine that vanishes inside a transaction must not keep the writers' lock.
        f"idle_in_transaction_session_timeout = '{3 * BUSY_S}s'",
    ):
        connection.execute(f"SET {setting}")
    connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    kind = _kind(connection)
    if kind == MIGRATING:
        # A rebuilt table is away for a moment; inside a transaction this could not be said.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        kind = WRITING
    connection.exec_driver_sql(kind)


def end_migration(connection: Connection) -> None:
    """After the commit: SQLite keeps foreign keys again."""
    if connection.dialect.name == "sqlite":
        borrowed: Any = connection.connection.dbapi_connection
        borrowed.execute("PRAGMA foreign_keys=ON")


def _begin_postgresql(connection: Connection) -> None:
    connection.exec_driver_sql(_POSTGRESQL_BEGIN[_kind(connection)])


def _kind(connection: Connection) -> str:
    kind: str = connection.get_execution_options().get("begin", READING)
    return kind
