"""Reactions, edits, seen marks, and which deliveries quote a message."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, Text
from sqlalchemy.types import BigInteger

revision = "r0003"
down_revision = "r0002"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Widen messages; new tables for marks that come early and for quoting deliveries."""
    op.add_column("message", Column("reaction", Text))
    op.add_column("message", Column("reaction_ms", Id, nullable=False, server_default="0"))
    op.add_column("message", Column("edits", Integer, nullable=False, server_default="0"))
    op.add_column("message", Column("seen_ms", Id))
    op.create_table(
        "early_mark",
        Column("channel_id", Id, ForeignKey("channel.id"), primary_key=True),
        Column("mid", Text, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("author_id", Text, nullable=False),
        Column("value", Text),
        Column("number", Integer, nullable=False),
        Column("at_ms", Id, nullable=False),
    )
    op.create_table(
        "trace",
        Column("channel_id", Id, ForeignKey("channel.id"), primary_key=True),
        Column("mid", Text, primary_key=True),
        Column("delivery_id", Id, ForeignKey("delivery.id"), primary_key=True),
    )
