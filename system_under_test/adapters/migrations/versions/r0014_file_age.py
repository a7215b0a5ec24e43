"""A short way to old files."""

from __future__ import annotations

from alembic import op

revision = "r0014"
down_revision = "r0013"


def upgrade() -> None:
    """An index."""
    op.create_index("file_age", "file", ["at_ms"])
