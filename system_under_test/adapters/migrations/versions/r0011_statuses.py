"""Statuses that a site adds."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, Integer, MetaData, Table, Text, false
from sqlalchemy.types import BigInteger

revision = "r0011"
down_revision = "r0010"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """One new table."""
    new = MetaData()
    Table(
        "added_status",
        new,
        Column("id", Id, primary_key=True),
        Column("key", Text, nullable=False, unique=True),
        Column("label", Text, nullable=False),
        Column("routable", Boolean, nullable=False),
        Column("removed", Boolean, nullable=False, server_default=false()),
    )
    new.create_all(op.get_bind(), checkfirst=True)
