"""Channels of Instagram Login beside those of Facebook Login, and when to refresh their tokens."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, Text
from sqlalchemy.types import BigInteger

revision = "r0009"
down_revision = "r0008"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Widen channels."""
    op.add_column(
        "channel", Column("flavour", Text, nullable=False, server_default="facebook_login")
    )
    op.add_column("channel", Column("token_due_ms", Id))
    op.add_column("channel", Column("given_digest", Text))
