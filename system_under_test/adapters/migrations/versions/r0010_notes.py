"""Internal notes, and how many follow a customer."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import BigInteger

revision = "r0010"
down_revision = "r0009"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """A table, a column."""
    op.add_column("customer", Column("followers", Id))
    new = MetaData()
    Table("conversation", new, Column("id", Id, primary_key=True))
    Table(
        "note",
        new,
        Column("id", Id, primary_key=True),
        Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
        Column("author", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("at_ms", Id, nullable=False),
        Index("note_conversation", "conversation_id", "id"),
    )
    new.create_all(op.get_bind(), checkfirst=True)
