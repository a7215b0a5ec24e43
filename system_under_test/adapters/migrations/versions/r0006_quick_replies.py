"""Quick replies."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.types import BigInteger

revision = "r0006"
down_revision = "r0005"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """One new table."""
    new = MetaData()
    Table("service", new, Column("id", Id, primary_key=True))
    Table(
        "quick_reply",
        new,
        Column("id", Id, primary_key=True),
        Column("name", Text, nullable=False, unique=True),
        Column("text", Text, nullable=False),
        Column("service_id", Id, ForeignKey("service.id")),
    )
    new.create_all(op.get_bind(), checkfirst=True)
