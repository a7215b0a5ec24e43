"""Files that agents send."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import BigInteger

revision = "r0008"
down_revision = "r0007"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """A table for them, and what the outbox says of them."""
    op.add_column("outbox", Column("kind", Text, nullable=False, server_default="text"))
    op.add_column("outbox", Column("file_id", Id))
    op.add_column("outbox", Column("url", Text))
    new = MetaData()
    Table("customer", new, Column("id", Id, primary_key=True))
    Table(
        "file",
        new,
        Column("id", Id, primary_key=True),
        Column("customer_id", Id, ForeignKey("customer.id"), nullable=False),
        Column("content_type", Text, nullable=False),
        Column("ending", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("data", LargeBinary, nullable=False),
        Column("at_ms", Id, nullable=False),
        Index("file_customer", "customer_id"),
        sqlite_autoincrement=True,
    )
    new.create_all(op.get_bind(), checkfirst=True)
