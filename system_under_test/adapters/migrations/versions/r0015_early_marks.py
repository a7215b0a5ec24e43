"""Early marks of everybody: one person's does not take another one's place."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, Text
from sqlalchemy.types import BigInteger

revision = "r0015"
down_revision = "r0014"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Widen the key; those of before are kept."""
    op.create_table(
        "new_early_mark",
        Column("channel_id", Id, ForeignKey("channel.id"), primary_key=True),
        Column("mid", Text, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("author_id", Text, primary_key=True),
        Column("value", Text),
        Column("number", Integer, nullable=False),
        Column("at_ms", Id, nullable=False),
    )
    op.execute(
        "INSERT INTO new_early_mark"
        " SELECT channel_id, mid, kind, author_id, value, number, at_ms FROM early_mark"
    )
    op.drop_table("early_mark")
    op.rename_table("new_early_mark", "early_mark")
