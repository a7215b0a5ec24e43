"""The schema's history leads to the schema, from nothing and from files without revisions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError

from system_under_test.adapters import measure_schema, migrations, schema
from system_under_test.adapters.database import SqlStore
from system_under_test.adapters.doorbell import ThreadDoorbell
from system_under_test.service.ports import StorageError
from tests.fakes.little_console import LittleConsole, SetClock


def test_the_revisions_end_where_the_code_says() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))

    assert scripts.get_heads() == [migrations.HEAD]


def test_the_revisions_make_the_tables_that_the_code_uses(little: LittleConsole) -> None:
    with little.store._connection("BEGIN") as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, schema.metadata)

    assert measure_schema.metadata is schema.metadata
    assert differences == []


@pytest.fixture
def before(database_url: str) -> Iterator[SqlStore]:
    """A database of the first revision in use: one conversation waits, one is attended."""
    store = SqlStore(database_url, ThreadDoorbell(), SetClock())
    with store._connection("BEGIN IMMEDIATE") as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes.update(connection=connection, most_positions=8)
        command.upgrade(config, "r0001")
        for statement in IN_USE:
            connection.exec_driver_sql(statement)
    yield store
    store.close()


IN_USE = (
    "INSERT INTO service (id, name, classification, post_service) VALUES (1, 'S', false, false)",
    "INSERT INTO agent (id, login, name, status, status_since_ms) VALUES (1, 'a', 'A', 'ready', 7)",
    "INSERT INTO agent_position VALUES (1, 1, true)",
    "INSERT INTO channel VALUES (1, 'page', 'account', 'empresa', 'token', 1)",
    "INSERT INTO customer (id, channel_id, igsid) VALUES (1, 1, 'x'), (2, 1, 'y')",
    (
        "INSERT INTO conversation (id, protocol, channel_id, customer_id, service_id, state,"
        " agent_id, slot_no, queued_seq, last_at_ms, opened_at_ms, assigned_at_ms) VALUES"
        " (1, 'p1', 1, 1, 1, 'active', 1, 1, 1, 5, 5, 6),"
        " (2, 'p2', 1, 2, 1, 'queued', NULL, NULL, 2, 5, 5, NULL)"
    ),
    (
        "INSERT INTO message (conversation_id, channel_id, direction, kind, text, parts, available,"
        " deleted, state, at_ms, order_ms)"
        " VALUES (1, 1, 'in', 'text', 'Oi', '[]', true, false, 'received', 5, 5)"
    ),
    "INSERT INTO tombstone (channel_id, mid, at_ms) VALUES (1, 'gone', 5)",
)


def rows(store: SqlStore, sql: str) -> list[tuple[Any, ...]]:
    with store._connection("BEGIN") as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_a_database_in_use_keeps_everything(before: SqlStore) -> None:
    before.create_tables()

    assert rows(before, "SELECT version_num FROM alembic_version") == [(migrations.HEAD,)]
    assert rows(before, "SELECT id, state, slot_no FROM conversation ORDER BY id") == [
        (1, "active", 1),
        (2, "queued", None),
    ]
    assert rows(before, "SELECT text FROM message") == [("Oi",)]
    assert rows(before, "SELECT mid, author_id FROM tombstone") == [("gone", "")]
    assert rows(before, "SELECT conversation_id, agent_id, from_ms FROM leg") == [(1, 1, 6)]
    assert rows(before, "SELECT status, positions, from_ms FROM status_span") == [("ready", 1, 7)]


def test_an_upgraded_database_keeps_its_rules(before: SqlStore) -> None:
    before.create_tables()

    with pytest.raises(IntegrityError), before._connection("BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("UPDATE conversation SET slot_no = 9 WHERE id = 1")
    with pytest.raises(IntegrityError), before._connection("BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("UPDATE message SET conversation_id = 77")


def test_a_database_from_before_revisions_is_taken_over(before: SqlStore) -> None:
    with before._connection("BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")

    before.create_tables()

    assert rows(before, "SELECT version_num FROM alembic_version") == [(migrations.HEAD,)]


def test_the_database_of_a_newer_version_is_left_alone(little: LittleConsole) -> None:
    little.run("UPDATE alembic_version SET version_num = 'r9999'")

    with pytest.raises(StorageError, match="revision r9999, which this version does not know"):
        little.store.create_tables()
