"""Tombstones of a thread's own customer, and a short way to what was set aside."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, Text, text
from sqlalchemy.types import BigInteger

revision = "r0012"
down_revision = "r0011"

Id = BigInteger().with_variant(Integer, "sqlite")
_ASIDE = text("kind IN ('StoodBy', 'TestSent')")


def upgrade() -> None:
    """Widen the key of tombstones: those of before count for everybody, as they did."""
    op.create_table(
        "new_tombstone",
        Column("channel_id", Id, ForeignKey("channel.id"), primary_key=True),
        Column("mid", Text, primary_key=True),
        Column("author_id", Text, primary_key=True),
        Column("at_ms", Id, nullable=False),
    )
    op.execute("INSERT INTO new_tombstone SELECT channel_id, mid, '', at_ms FROM tombstone")
    op.drop_table("tombstone")
    op.rename_table("new_tombstone", "tombstone")
    op.create_index(
        "event_aside", "event", ["delivery_id"], sqlite_where=_ASIDE, postgresql_where=_ASIDE
    )
