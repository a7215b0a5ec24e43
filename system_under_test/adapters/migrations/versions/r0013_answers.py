"""How an agent answers on Messenger, where it is not as on Instagram."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Text

revision = "r0013"
down_revision = "r0012"


def upgrade() -> None:
    """Widen agents."""
    op.add_column("agent", Column("messenger_answer", Text, nullable=False, server_default=""))
