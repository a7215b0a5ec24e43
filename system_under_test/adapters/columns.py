"""What the tables are made of, the same for SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Index, Integer, MetaData, literal_column, text
from sqlalchemy import Text as PlainText
from sqlalchemy.engine import Dialect
from sqlalchemy.types import BigInteger, TypeDecorator

# SQLite counts rows only in INTEGER keys; PostgreSQL needs BIGINT for milliseconds.
Id = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()


class Text(TypeDecorator[str]):
    """Text of people; PostgreSQL stores no NUL character, so neither engine is given one."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The same with a replacement character for every NUL."""
        return value.replace("\0", "\ufffd") if value else value


def partial(name: str, condition: str, *columns: str, unique: bool = False) -> Index:
    """An index of the rows that fulfil the condition, written for both engines alike."""
    where: Any = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def one_of(column: Column[str], *words: str) -> ColumnElement[bool]:
    """The column has one of these words of ours, written out in the statement.

    A partial index serves only statements that repeat its condition; a bound value is none.
    """
    if len(words) == 1:
        return column == literal_column(f"'{words[0]}'")
    return column.in_([literal_column(f"'{word}'") for word in words])
