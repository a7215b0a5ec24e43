"""What was erased on a person's request, and which channels must be asked again."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, Text
from sqlalchemy.types import BigInteger

revision = "r0007"
down_revision = "r0006"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """A table for the audit; a moment for channels."""
    op.add_column("channel", Column("recheck_ms", Id, nullable=False, server_default="0"))
    op.create_table(
        "erasure",
        Column("code", Text, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("request_digest", Text, nullable=False, unique=True),
        Column("at_ms", Id, nullable=False),
        Column("threads", Integer, nullable=False),
        Column("messages", Integer, nullable=False),
        Column("deliveries", Integer, nullable=False),
    )
