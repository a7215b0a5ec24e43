"""How long a service lets customers wait, and what it tells them then."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, Text
from sqlalchemy.types import BigInteger

revision = "r0016"
down_revision = "r0015"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Widen services; off."""
    op.add_column("service", Column("queue_limit_ms", Id, nullable=False, server_default="0"))
    op.add_column("service", Column("queue_text", Text, nullable=False, server_default=""))
