"""Failed sign-ins, so that all processes count together."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import BigInteger

revision = "r0004"
down_revision = "r0003"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """One new table."""
    new = MetaData()
    Table(
        "sign_in_attempt",
        new,
        Column("key", Text, primary_key=True),
        Column("failures", Integer, nullable=False),
        Column("last_ms", Id, nullable=False),
        Column("locked_until_ms", Id, nullable=False),
        Index("attempt_time", "last_ms"),
    )
    new.create_all(op.get_bind())
