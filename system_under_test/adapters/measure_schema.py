"""Tables of what is measured: who attended when, in which status, how long things took."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from system_under_test.adapters.columns import Id, Text, metadata, partial

# One agent's part of a conversation: a transfer ends one leg and begins another (R17).
leg = Table(
    "leg",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("service_id", Id, nullable=False),
    Column("agent_id", Id, nullable=False),
    Column("slot_no", Integer, nullable=False),
    Column("from_ms", Id, nullable=False),
    Column("wrap_up_from_ms", Id),
    Column("until_ms", Id),
    Column("outcome", Text),
    Index("leg_time", "until_ms", "from_ms"),
    partial("one_open_leg", "until_ms IS NULL", "conversation_id", unique=True),
)
# A time that was measured once, when what it measures was over.
sample = Table(
    "sample",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at_ms", Id, nullable=False),
    Column("value_ms", Id, nullable=False),
    Column("service_id", Id, nullable=False),
    Column("agent_id", Id),
    Index("sample_time", "kind", "at_ms"),
)
status_span = Table(
    "status_span",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agent_id", Id, ForeignKey("agent.id"), nullable=False),
    Column("status", Text, nullable=False),
    Column("positions", Integer, nullable=False),
    Column("from_ms", Id, nullable=False),
    Column("until_ms", Id),
    Index("status_span_time", "until_ms", "from_ms"),
    partial("one_status_an_agent", "until_ms IS NULL", "agent_id", unique=True),
)
