"""The schema's history leads to the schema, from nothing and from files without revisions."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from system_under_test.adapters import migrations
from system_under_test.adapters.schema import metadata
from system_under_test.service.ports import StorageError
from tests.fakes.little_console import LittleConsole


def test_the_revisions_end_where_the_code_says() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))

    assert scripts.get_heads() == [migrations.HEAD]


def test_the_revisions_make_the_tables_that_the_code_uses(little: LittleConsole) -> None:
    with little.store._connection("BEGIN") as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)

    assert differences == []


def test_a_file_from_before_revisions_is_taken_over(little: LittleConsole) -> None:
    little.run("DROP TABLE alembic_version")

    little.store.create_tables()

    assert little.scalar("SELECT version_num FROM alembic_version") == migrations.HEAD
    assert little.scalar("SELECT count(*) FROM agent") == 2


def test_the_database_of_a_newer_version_is_left_alone(little: LittleConsole) -> None:
    little.run("UPDATE alembic_version SET version_num = 'r9999'")

    with pytest.raises(StorageError, match="revision r9999, which this version does not know"):
        little.store.create_tables()
