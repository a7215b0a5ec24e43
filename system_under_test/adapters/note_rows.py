"""Internal notes as rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, delete, insert, select
from sqlalchemy.engine import Connection

from system_under_test.adapters.columns import Id, Text, metadata
from system_under_test.service.note_records import Note

note = Table(
    "note",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", Id, nullable=False),
    Index("note_conversation", "conversation_id", "id"),
)


class NoteRows:
    """Implements service.note_records.Notes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, conversation_id: int, author: str, text: str, at_ms: int) -> Note:
        """Keep it."""
        number: int = self._connection.execute(
            insert(note)
            .values(conversation_id=conversation_id, author=author, text=text, at_ms=at_ms)
            .returning(note.c.id)
        ).scalar_one()
        return Note(number, conversation_id, author, text, at_ms)

    def of_conversation(self, conversation_id: int) -> list[Note]:
        """Those of a conversation, oldest first."""
        rows: Any = self._connection.execute(
            select(note.c.id, note.c.conversation_id, note.c.author, note.c.text, note.c.at_ms)
            .where(note.c.conversation_id == conversation_id)
            .order_by(note.c.id)
        )
        return [Note(*row) for row in rows]


def erase_notes(connection: Connection, condition: Any) -> None:
    """Erase those of the condition on the table `note`."""
    connection.execute(delete(note).where(condition))
