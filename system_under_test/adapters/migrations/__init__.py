"""The schema's history; every change of `schema.py` adds a revision here, none is ever edited.

A new one: `versions/rNNNN_what.py` with `revision`, `down_revision`, `upgrade()`; then `HEAD`.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from system_under_test.service.ports import StorageError

HEAD = "r0016"
_BASELINE = "r0001"
_FOLDER = Path(__file__).parent


def migrate(connection: Connection, most_positions: int) -> None:
    """Bring the database to HEAD, inside the caller's writing transaction."""
    current = _current(connection)
    if current == HEAD:
        return
    # Imported only here: a start that finds everything in place does not pay for it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes.update(connection=connection, most_positions=most_positions)
    if current is None and inspect(connection).has_table("conversation"):
        command.stamp(config, _BASELINE)  # made before there were revisions
    try:
        command.upgrade(config, HEAD)
    except CommandError as error:
        raise StorageError(
            f"the database is at revision {current}, which this version does not know ({error}); "
            "start the version that wrote it, or a newer one"
        ) from error


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
