"""Files of agents as rows: in the database, so that every process can serve them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, delete, insert, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.columns import Id, Text, metadata
from system_under_test.adapters.schema import message, outbox
from system_under_test.service.file_records import NewFile, StoredFile

_MOST = 500  # at once: what is left comes at the next time

file = Table(
    "file",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customer.id"), nullable=False),
    Column("content_type", Text, nullable=False),
    Column("ending", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("at_ms", Id, nullable=False),
    Index("file_customer", "customer_id"),
    Index("file_age", "at_ms"),
    sqlite_autoincrement=True,  # addresses are made of ids: never given twice, also after erasing
)


class FileRows:
    """Implements service.file_records.Files."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewFile) -> int:
        """Keep it; its number, which is never given twice."""
        number: int = self._connection.execute(
            insert(file)
            .values(
                customer_id=new.customer_id,
                content_type=new.content_type,
                ending=new.ending,
                digest=new.digest,
                data=new.data,
                at_ms=new.at_ms,
            )
            .returning(file.c.id)
        ).scalar_one()
        return number

    def get(self, file_id: int) -> StoredFile | None:
        """The file of that number, None when it is gone."""
        row: Any = self._connection.execute(
            select(file.c.id, file.c.content_type, file.c.ending, file.c.digest, file.c.data).where(
                file.c.id == file_id
            )
        ).one_or_none()
        return StoredFile(*row) if row else None

    def digest(self, file_id: int) -> str | None:
        """Of its bytes, without reading them."""
        return self._connection.scalar(select(file.c.digest).where(file.c.id == file_id))

    def prune(self, before_ms: int) -> None:
        """Forget the older ones; their bubbles say that they are no longer there."""
        old = list(
            self._connection.scalars(
                select(file.c.id)
                .where(file.c.at_ms < before_ms)
                .order_by(file.c.at_ms)
                .limit(_MOST)
            )
        )
        if not old:
            return
        shown = select(outbox.c.message_id).where(outbox.c.file_id.in_(old))
        self._connection.execute(
            update(message).where(message.c.id.in_(shown)).values(available=False)
        )
        erase_files(self._connection, file.c.id.in_(old))


def erase_files(connection: Connection, condition: Any) -> None:
    """Erase those of the condition on the table `file`."""
    connection.execute(delete(file).where(condition))
