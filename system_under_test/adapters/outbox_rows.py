"""Outgoing texts and files as rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, exists, func, insert, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.file_rows import erase_files, file
from system_under_test.adapters.schema import customer, outbox
from system_under_test.domain.messages import Message
from system_under_test.service.records import Letter, Outgoing

_COLUMNS = outbox.c
_SELECT = select(
    _COLUMNS.id,
    _COLUMNS.message_id,
    _COLUMNS.conversation_id,
    _COLUMNS.customer_id,
    _COLUMNS.text,
    _COLUMNS.state,
    _COLUMNS.attempts,
    _COLUMNS.by_human,
    _COLUMNS.kind,
    _COLUMNS.url,
    _COLUMNS.file_id,
)
_older = outbox.alias("older")
_BLOCKED = exists().where(
    _older.c.customer_id == _COLUMNS.customer_id,
    _older.c.id < _COLUMNS.id,
    _older.c.state.in_(("pending", "sending")),
)
_WAITING = ("unconfirmed", "sending")  # for an echo, or for the end of a call
_MAY_BE_ECHOED = ("pending", "sending", "unconfirmed", "lost")


class OutboxRows:
    """Implements service.records.Outbox."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, message: Message, customer_id: int, reply: Outgoing, now_ms: int) -> None:
        """Queue the message's text or file."""
        self._connection.execute(
            insert(outbox).values(
                message_id=message.id,
                conversation_id=message.conversation_id,
                customer_id=customer_id,
                key=reply.key,
                text=message.content.text,
                state="pending",
                attempts=0,
                due_ms=now_ms,
                by_human=reply.by_human,
                kind=message.content.kind,
                file_id=reply.file_id,
                url=reply.url,
            )
        )

    def by_key(self, conversation_id: int, key: str) -> Letter | None:
        """The one that carries this idempotency key."""
        return self._one(
            _SELECT.where(_COLUMNS.conversation_id == conversation_id, _COLUMNS.key == key)
        )

    def of_message(self, message_id: int) -> Letter | None:
        """The one of this message."""
        return self._one(_SELECT.where(_COLUMNS.message_id == message_id))

    def due(self, now_ms: int) -> Letter | None:
        """The next to send; never before an older one of its thread."""
        return self._one(
            _SELECT.where(_COLUMNS.state == "pending", _COLUMNS.due_ms <= now_ms, ~_BLOCKED)
            .order_by(_COLUMNS.due_ms, _COLUMNS.id)
            .limit(1)
        )

    def overdue(self, now_ms: int) -> list[Letter]:
        """Those whose wait for an echo, or for the end of the sending, is over."""
        return self._all(_SELECT.where(_COLUMNS.state.in_(_WAITING), _COLUMNS.due_ms <= now_ms))

    def dead(self, limit: int) -> list[Letter]:
        """Those that failed for good or were never confirmed, the newest first."""
        dead = _COLUMNS.state.in_(("failed", "lost")) & (
            (_COLUMNS.text != "") | _COLUMNS.url.is_not(None)
        )
        return self._all(_SELECT.where(dead).order_by(_COLUMNS.id.desc()).limit(limit))

    def awaiting_echo(self, customer_id: int) -> list[Letter]:
        """Those of the thread that an echo may confirm, oldest first."""
        return self._all(
            _SELECT.where(
                _COLUMNS.customer_id == customer_id,
                _COLUMNS.state.in_(_MAY_BE_ECHOED),
                _COLUMNS.attempts > 0,
            ).order_by(_COLUMNS.id)
        )

    def forget(self, message_id: int) -> None:
        """Erase text and file: it was withdrawn."""
        mine = _COLUMNS.message_id == message_id
        held = select(_COLUMNS.file_id).where(mine, _COLUMNS.file_id.is_not(None))
        erase_files(self._connection, file.c.id.in_(held))
        self._connection.execute(update(outbox).where(mine).values(text="", url=None))

    def set_state(self, letter_id: int, state: str, attempts: int, due_ms: int | None) -> None:
        """Move on."""
        self._connection.execute(
            update(outbox)
            .where(_COLUMNS.id == letter_id)
            .values(state=state, attempts=attempts, due_ms=due_ms)
        )

    def pause(self, channel_id: int, until_ms: int) -> None:
        """Let nothing that waits for this channel go before then."""
        threads = select(customer.c.id).where(customer.c.channel_id == channel_id)
        waits = (_COLUMNS.state == "pending") & (_COLUMNS.due_ms < until_ms)
        self._connection.execute(
            update(outbox).where(waits, _COLUMNS.customer_id.in_(threads)).values(due_ms=until_ms)
        )

    def recover(self, due_ms: int, leased_until_ms: int | None = None) -> None:
        """What was being sent, by a process that is gone or by one that late, is unconfirmed."""
        abandoned = _COLUMNS.state == "sending"
        if leased_until_ms is not None:
            abandoned &= _COLUMNS.due_ms <= leased_until_ms
        self._connection.execute(
            update(outbox).where(abandoned).values(state="unconfirmed", due_ms=due_ms)
        )

    def next_due_ms(self) -> int | None:
        """When the next row falls due."""
        # A blocked one is moved by its elder, not by time.
        waits = _COLUMNS.due_ms.is_not(None) & (
            _COLUMNS.state.in_(_WAITING) | ((_COLUMNS.state == "pending") & ~_BLOCKED)
        )
        due_ms: int | None = self._connection.scalar(select(func.min(_COLUMNS.due_ms)).where(waits))
        return due_ms

    def states(self) -> dict[str, int]:
        """How many are on their way, by state."""
        rows = self._connection.execute(
            select(_COLUMNS.state, func.count())
            .where(_COLUMNS.due_ms.is_not(None))
            .group_by(_COLUMNS.state)
        )
        return {row[0]: row[1] for row in rows}

    def _one(self, query: Select[Any]) -> Letter | None:
        row = self._connection.execute(query).one_or_none()
        return Letter(*row) if row else None

    def _all(self, query: Select[Any]) -> list[Letter]:
        return [Letter(*row) for row in self._connection.execute(query)]
