"""Messaging windows, repeated replies, and channels whose token is no longer valid."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, Integer, Text, true
from sqlalchemy.types import BigInteger

revision = "r0005"
down_revision = "r0004"

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Widen customers, channels, messages and the outbox."""
    op.add_column("customer", Column("window_ms", Id))
    op.add_column("channel", Column("trouble", Text))
    op.add_column("channel", Column("trouble_ms", Id))
    op.add_column("message", Column("tries", Integer, nullable=False, server_default="0"))
    op.add_column("outbox", Column("by_human", Boolean, nullable=False, server_default=true()))
    op.execute(
        "UPDATE customer SET window_ms = (SELECT max(message.at_ms) FROM message"
        " JOIN conversation ON conversation.id = message.conversation_id"
        " WHERE conversation.customer_id = customer.id AND message.direction = 'in')"
    )
