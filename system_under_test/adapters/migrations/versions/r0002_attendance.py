"""Offers, wrap-up, transfers, priorities, business hours, and what is measured of them."""

from __future__ import annotations

from typing import Any

from alembic import context, op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.types import BigInteger

revision = "r0002"
down_revision = "r0001"

Id = BigInteger().with_variant(Integer, "sqlite")
_HOLDS_SLOT = "state IN ('offered', 'active', 'wrap_up')"
_CHECKS = {
    "known_state": "state IN ('queued', 'offered', 'active', 'wrap_up', 'ended')",
    "active_means_seated": (f"({_HOLDS_SLOT}) = (agent_id IS NOT NULL AND slot_no IS NOT NULL)"),
}
_OLD = (
    "id, protocol, channel_id, customer_id, service_id, state, agent_id, slot_no, handled_by,"
    " queued_seq, unread, preview, last_at_ms, opened_at_ms, assigned_at_ms, ended_at_ms"
)


def upgrade() -> None:
    """Widen services, agents and conversations; new tables for what is measured."""
    for column in _service_columns():
        op.add_column("service", column)
    for column in _agent_columns():
        op.add_column("agent", column)
    if op.get_bind().dialect.name == "sqlite":
        _rebuild_conversations()
    else:
        _alter_conversations()
    new = MetaData()
    for other in ("conversation", "agent"):
        Table(other, new, Column("id", Id, primary_key=True))
    _measuring_tables(new)
    new.create_all(op.get_bind(), checkfirst=True)
    # Everything that is open goes on: its leg and its agent's status begin where they began.
    op.execute(
        "INSERT INTO leg (conversation_id, service_id, agent_id, slot_no, from_ms)"
        " SELECT id, service_id, agent_id, slot_no, coalesce(assigned_at_ms, opened_at_ms)"
        " FROM conversation WHERE state = 'active'"
    )
    op.execute(
        "INSERT INTO status_span (agent_id, status, positions, from_ms)"
        " SELECT id, status, (SELECT count(*) FROM agent_position"
        " WHERE agent_id = agent.id AND active), status_since_ms FROM agent"
    )
    op.execute("UPDATE conversation SET first_seated_ms = assigned_at_ms")


def _service_columns() -> list[Column[Any]]:
    return [
        Column("priority", Integer, nullable=False, server_default="0"),
        Column("pick", Text, nullable=False, server_default="least_loaded"),
        Column("offer_ms", Id, nullable=False, server_default="30000"),
        Column("wrap_up_ms", Id, nullable=False, server_default="60000"),
        Column("idle_end_ms", Id, nullable=False, server_default="0"),
        Column("hours", Text, nullable=False, server_default=""),
        Column("closed_text", Text, nullable=False, server_default=""),
        Column("prefer_last", Boolean, nullable=False, server_default=false()),
        Column("categories", Text, nullable=False, server_default="[]"),
    ]


def _agent_columns() -> list[Column[Any]]:
    return [
        Column("role", Text, nullable=False, server_default="agent"),
        Column("chat_answer", Text, nullable=False, server_default="automatic"),
        Column("idle_since_ms", Id, nullable=False, server_default="0"),
    ]


def _conversation_columns() -> list[Column[Any]]:
    return [
        Column("priority", Integer, nullable=False, server_default="0"),
        Column("only_agent_id", Id, ForeignKey("agent.id")),
        Column("refused_by", Text, nullable=False, server_default=""),
        Column("due_ms", Id),
        Column("waiting_since_ms", Id),
        Column("first_seated_ms", Id),
        Column("first_reply_ms", Id),
        Column("category", Text),
        Column("end_reason", Text),
    ]


def _partial(name: str, condition: str, *columns: str, unique: bool = False) -> Index:
    where: Any = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _alter_conversations() -> None:
    for column in _conversation_columns():
        op.add_column("conversation", column)
    for name, condition in _CHECKS.items():
        op.drop_constraint(name, "conversation", type_="check")
        op.create_check_constraint(name, "conversation", condition)
    where = text(_HOLDS_SLOT)
    op.drop_index("one_conversation_a_slot", "conversation")
    op.create_index(
        "one_conversation_a_slot",
        "conversation",
        ["agent_id", "slot_no"],
        unique=True,
        postgresql_where=where,
    )
    due = text("due_ms IS NOT NULL")
    op.create_index("conversation_due", "conversation", ["due_ms"], postgresql_where=due)


def _rebuild_conversations() -> None:
    # SQLite cannot change a table's checks: a new table takes the rows and the name.
    # Foreign keys are off meanwhile (`engines`), so those of other tables keep to the name.
    op.execute("CREATE TABLE conversation_before AS SELECT * FROM conversation")
    op.execute("DROP TABLE conversation")
    tables = MetaData()
    for other in ("channel", "customer", "service", "agent"):
        Table(other, tables, Column("id", Id, primary_key=True))
    _conversations(tables).create(op.get_bind())
    op.execute(f"INSERT INTO conversation ({_OLD}) SELECT {_OLD} FROM conversation_before")  # noqa: S608
    op.execute("DROP TABLE conversation_before")


def _conversations(tables: MetaData) -> Table:
    most = context.config.attributes["most_positions"]
    return Table(
        "conversation",
        tables,
        Column("id", Id, primary_key=True),
        Column("protocol", Text, nullable=False),
        Column("channel_id", Id, ForeignKey("channel.id"), nullable=False),
        Column("customer_id", Id, ForeignKey("customer.id"), nullable=False),
        Column("service_id", Id, ForeignKey("service.id"), nullable=False),
        Column("state", Text, nullable=False),
        Column("agent_id", Id, ForeignKey("agent.id")),
        Column("slot_no", Integer),
        Column("handled_by", Id, ForeignKey("agent.id")),
        Column("queued_seq", Id, nullable=False),
        Column("unread", Integer, nullable=False, server_default="0"),
        Column("preview", Text, nullable=False, server_default=""),
        Column("last_at_ms", Id, nullable=False),
        Column("opened_at_ms", Id, nullable=False),
        Column("assigned_at_ms", Id),
        Column("ended_at_ms", Id),
        *_conversation_columns(),
        *(CheckConstraint(condition, name=name) for name, condition in _CHECKS.items()),
        CheckConstraint(f"slot_no BETWEEN 1 AND {most}", name="slot_within_limit"),
        _partial("one_conversation_a_slot", _HOLDS_SLOT, "agent_id", "slot_no", unique=True),
        _partial("one_open_a_thread", "state <> 'ended'", "customer_id", unique=True),
        _partial("queue", "state = 'queued'", "service_id", "queued_seq"),
        _partial("conversation_due", "due_ms IS NOT NULL", "due_ms"),
        Index("history", "customer_id", "id"),
    )


def _measuring_tables(tables: MetaData) -> None:
    Table(
        "leg",
        tables,
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
        _partial("one_open_leg", "until_ms IS NULL", "conversation_id", unique=True),
    )
    Table(
        "sample",
        tables,
        Column("id", Id, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("at_ms", Id, nullable=False),
        Column("value_ms", Id, nullable=False),
        Column("service_id", Id, nullable=False),
        Column("agent_id", Id),
        Index("sample_time", "kind", "at_ms"),
    )
    Table(
        "status_span",
        tables,
        Column("id", Id, primary_key=True),
        Column("agent_id", Id, ForeignKey("agent.id"), nullable=False),
        Column("status", Text, nullable=False),
        Column("positions", Integer, nullable=False),
        Column("from_ms", Id, nullable=False),
        Column("until_ms", Id),
        Index("status_span_time", "until_ms", "from_ms"),
        _partial("one_status_an_agent", "until_ms IS NULL", "agent_id", unique=True),
    )
