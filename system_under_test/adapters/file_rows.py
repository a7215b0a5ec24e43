"""Files of agents as rows: in the database, so that every process can serve them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, delete, insert, select
from sqlalchemy.engine import Connection

from system_under_test.adapters.columns import Id, Text, metadata
from system_under_test.service.file_records import NewFile, StoredFile

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


def erase_files(connection: Connection, condition: Any) -> None:
    """Erase those of the condition on the table `file`."""
    connection.execute(delete(file).where(condition))
