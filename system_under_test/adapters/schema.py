"""Tables of the console and the rules that the database itself keeps (contact-centre D.3).

The slot limit, one open conversation a thread and one row a message id hold even against a future
author who forgets the router's lock. Partial indexes are written for SQLite and PostgreSQL alike.
The database gets them by `migrations`: who changes a table here adds a revision there.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    false,
    true,
)

from system_under_test.adapters.columns import Id, Text, metadata, partial

_HOLDS_SLOT = "state IN ('offered', 'active', 'wrap_up')"

service = Table(
    "service",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("classification", Boolean, nullable=False),
    Column("post_service", Boolean, nullable=False),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("pick", Text, nullable=False, server_default="least_loaded"),
    Column("offer_ms", Id, nullable=False, server_default="30000"),
    Column("wrap_up_ms", Id, nullable=False, server_default="60000"),
    Column("idle_end_ms", Id, nullable=False, server_default="0"),
    Column("queue_limit_ms", Id, nullable=False, server_default="0"),
    Column("hours", Text, nullable=False, server_default=""),
    Column("closed_text", Text, nullable=False, server_default=""),
    Column("queue_text", Text, nullable=False, server_default=""),
    Column("prefer_last", Boolean, nullable=False, server_default=false()),
    Column("categories", Text, nullable=False, server_default="[]"),
)
# A text that agents of a service, or of every service, have at hand.
quick_reply = Table(
    "quick_reply",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("service_id", Id, ForeignKey("service.id")),
)
# A status that a site adds to the console's own; who is in a removed one keeps it.
added_status = Table(
    "added_status",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("routable", Boolean, nullable=False),
    Column("removed", Boolean, nullable=False, server_default=false()),
)
agent = Table(
    "agent",
    metadata,
    Column("id", Id, primary_key=True),
    Column("login", Text, nullable=False, unique=True),  # lower case
    Column("name", Text, nullable=False),
    Column("password_hash", Text),
    Column("status", Text, nullable=False),
    Column("status_since_ms", Id, nullable=False),
    Column("last_assigned", Id, nullable=False, server_default="0"),
    Column("role", Text, nullable=False, server_default="agent"),
    Column("chat_answer", Text, nullable=False, server_default="automatic"),
    Column("idle_since_ms", Id, nullable=False, server_default="0"),
    Column("messenger_answer", Text, nullable=False, server_default=""),  # "": as chat_answer
)
agent_position = Table(
    "agent_position",
    metadata,
    Column("agent_id", Id, ForeignKey("agent.id"), primary_key=True),
    Column("slot_no", Integer, primary_key=True),
    Column("active", Boolean, nullable=False),
)
membership = Table(
    "membership",
    metadata,
    Column("agent_id", Id, ForeignKey("agent.id"), primary_key=True),
    Column("service_id", Id, ForeignKey("service.id"), primary_key=True),
)
channel = Table(
    "channel",
    metadata,
    Column("id", Id, primary_key=True),
    Column("page_id", Text, nullable=False),
    Column("account_id", Text, nullable=False, unique=True),
    Column("username", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("service_id", Id, ForeignKey("service.id"), nullable=False),
    Column("trouble", Text),
    Column("trouble_ms", Id),
    Column("recheck_ms", Id, nullable=False, server_default="0"),
    Column("flavour", Text, nullable=False, server_default="facebook_login"),
    Column("token_due_ms", Id),
    Column("given_digest", Text),  # of the token that was given, which a refresh replaces
)
# A customer is a thread: one person at one account (two accounts may know the same id string).
customer = Table(
    "customer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel_id", Id, ForeignKey("channel.id"), nullable=False),
    Column("igsid", Text, nullable=False),
    Column("name", Text),
    Column("username", Text),
    Column("avatar_url", Text),
    Column("profile_attempts", Integer, nullable=False, server_default="0"),
    Column("profile_due_ms", Id),
    Column("window_ms", Id),
    Column("followers", Id),
    UniqueConstraint("channel_id", "igsid"),
    partial("customer_profile_due", "profile_due_ms IS NOT NULL", "profile_due_ms"),
)
conversation = Table(
    "conversation",
    metadata,
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
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("only_agent_id", Id, ForeignKey("agent.id")),
    Column("refused_by", Text, nullable=False, server_default=""),
    Column("due_ms", Id),
    Column("waiting_since_ms", Id),
    Column("first_seated_ms", Id),
    Column("first_reply_ms", Id),
    Column("category", Text),
    Column("end_reason", Text),
    CheckConstraint(
        "state IN ('queued', 'offered', 'active', 'wrap_up', 'ended')", name="known_state"
    ),
    CheckConstraint(
        f"({_HOLDS_SLOT}) = (agent_id IS NOT NULL AND slot_no IS NOT NULL)",
        name="active_means_seated",
    ),
    partial("one_conversation_a_slot", _HOLDS_SLOT, "agent_id", "slot_no", unique=True),
    partial("one_open_a_thread", "state <> 'ended'", "customer_id", unique=True),
    partial("queue", "state = 'queued'", "service_id", "queued_seq"),
    partial("conversation_due", "due_ms IS NOT NULL", "due_ms"),
    Index("history", "customer_id", "id"),
)
message = Table(
    "message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("channel_id", Id, ForeignKey("channel.id"), nullable=False),
    Column("mid", Text),  # opaque and of any length (meta-contract §0.3)
    Column("direction", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("url", Text),
    Column("parts", Text, nullable=False),
    Column("available", Boolean, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("author", Text),
    Column("at_ms", Id, nullable=False),
    Column("order_ms", Id, nullable=False),
    Column("delivery_id", Id),
    Column("reaction", Text),
    Column("reaction_ms", Id, nullable=False, server_default="0"),
    Column("edits", Integer, nullable=False, server_default="0"),
    Column("seen_ms", Id),
    Column("tries", Integer, nullable=False, server_default="0"),
    UniqueConstraint("channel_id", "mid"),
    Index("message_order", "conversation_id", "order_ms", "id"),
)
tombstone = Table(
    "tombstone",
    metadata,
    Column("channel_id", Id, ForeignKey("channel.id"), primary_key=True),
    Column("mid", Text, primary_key=True),
    Column("author_id", Text, primary_key=True),  # whose thread: nobody else's unsend counts
    Column("at_ms", Id, nullable=False),
)
delivery = Table(
    "delivery",
    metadata,
    Column("id", Id, primary_key=True),
    Column("received_ms", Id, nullable=False),
    Column("headers", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("state", Text, nullable=False, server_default="received"),
    Column("note", Text),
    partial("delivery_pending", "state = 'received'", "id"),
)
event = Table(
    "event",
    metadata,
    Column("delivery_id", Id, ForeignKey("delivery.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    partial("event_aside", "kind IN ('StoodBy', 'TestSent')", "delivery_id"),
)
outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("message_id", Id, ForeignKey("message.id"), nullable=False, unique=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("customer_id", Id, ForeignKey("customer.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_ms", Id),
    Column("by_human", Boolean, nullable=False, server_default=true()),
    Column("kind", Text, nullable=False, server_default="text"),
    Column("file_id", Id),  # no reference: the file may be erased before the row
    Column("url", Text),
    UniqueConstraint("conversation_id", "key"),
    Index("outbox_thread", "customer_id", "id"),
    partial("outbox_due", "due_ms IS NOT NULL", "due_ms"),
)
session = Table(
    "session",
    metadata,
    Column("key", Text, primary_key=True),
    Column("agent_id", Id, ForeignKey("agent.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("created_ms", Id, nullable=False),
    Column("lease_until_ms", Id, nullable=False),
    Column("ended_ms", Id),
    Column("end_reason", Text),
    partial("live_session", "ended_ms IS NULL", "agent_id"),
)
sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_ms", Id, nullable=False),
    Column("locked_until_ms", Id, nullable=False),
    Index("attempt_time", "last_ms"),
)
ui_event = Table(
    "ui_event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("audience", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("conversation_id", Id),
    Column("message_id", Id),
    Column("at_ms", Id, nullable=False),
    Index("ui_event_audience", "audience", "id"),
    Index("ui_event_conversation", "conversation_id"),
    sqlite_autoincrement=True,  # ids are cursors: never given twice, also after pruning
)
routing_log = Table(
    "routing_log",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at_ms", Id, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("service_id", Id, nullable=False),
    Column("conversation_id", Id, nullable=False),
    Column("agent_id", Id),
    Column("slot", Integer),
    Column("reason", Text, nullable=False),
    Column("queue_length", Integer, nullable=False),
    Column("eligible", Text, nullable=False),
    sqlite_autoincrement=True,
)
