"""Tables of what is said about messages: marks that came first, deliveries that quote them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table

from system_under_test.adapters.columns import Id, Text, metadata

# A reaction, an edit or a seen mark of a message that is not known yet. Whose message it is nobody
# knows either, so everybody's mark is kept: a stranger's never takes the place of the author's.
early_mark = Table(
    "early_mark",
    metadata,
    Column("channel_id", Id, ForeignKey("channel.id"), primary_key=True),
    Column("mid", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("author_id", Text, primary_key=True),
    Column("value", Text),
    Column("number", Integer, nullable=False),
    Column("at_ms", Id, nullable=False),
)
# A further delivery that holds a message's text: its echo, its edit, the same once more.
trace = Table(
    "trace",
    metadata,
    Column("channel_id", Id, ForeignKey("channel.id"), primary_key=True),
    Column("mid", Text, primary_key=True),
    Column("delivery_id", Id, ForeignKey("delivery.id"), primary_key=True),
)
