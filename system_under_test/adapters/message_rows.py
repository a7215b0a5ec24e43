"""Messages and tombstones as rows."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from system_under_test.adapters.schema import message, tombstone
from system_under_test.domain.messages import Content, Latest, Message, Part, place_in_order
from system_under_test.service.message_records import NewMessage

_COLUMNS = message.c
_SELECT = select(message)

# Statements of the hot path are built once: building one costs more than running it.
_ADD = insert(message).returning(*_SELECT.selected_columns)
_BY_MID = _SELECT.where(
    _COLUMNS.channel_id == bindparam("of_channel"), _COLUMNS.mid == bindparam("of_mid")
)
_BURIED = select(tombstone.c.author_id).where(
    tombstone.c.channel_id == bindparam("of_channel"), tombstone.c.mid == bindparam("of_mid")
)
# What came too late for its place stands after what it came too late for.
_IS_LATE = (_COLUMNS.direction == "in") & (_COLUMNS.at_ms < _COLUMNS.order_ms)
DISPLAY_ORDER = (_COLUMNS.order_ms, case((_IS_LATE, _COLUMNS.at_ms), else_=0), _COLUMNS.id)
_LATEST = select(
    func.coalesce(func.max(_COLUMNS.order_ms), 0),
    func.coalesce(func.max(case((_COLUMNS.direction == "out", _COLUMNS.order_ms))), 0),
    func.coalesce(func.max(case((_IS_LATE, _COLUMNS.order_ms))), 0),
).where(_COLUMNS.conversation_id == bindparam("of_conversation"))


class MessageRows:
    """Implements service.records.Messages."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, message: NewMessage) -> Message:
        """Keep a bubble."""
        content = message.content
        values = {
            "conversation_id": message.conversation_id,
            "channel_id": message.channel_id,
            "mid": message.mid,
            "direction": message.direction,
            "kind": content.kind,
            "text": content.text,
            "url": content.url,
            "parts": json.dumps([[part.kind, part.url] for part in content.parts]),
            "available": content.available,
            "deleted": message.deleted,
            "state": message.state,
            "reason": None,
            "author": message.author,
            "at_ms": message.at_ms,
            "order_ms": self._order_ms(message),
            "delivery_id": message.delivery_id,
        }
        return read_message(self._connection.execute(_ADD, values).one())

    def get(self, message_id: int) -> Message:
        """The bubble of that id."""
        return read_message(
            self._connection.execute(_SELECT.where(_COLUMNS.id == message_id)).one()
        )

    def by_mid(self, channel_id: int, mid: str) -> Message | None:
        """The bubble of Meta's id."""
        row = self._connection.execute(
            _BY_MID, {"of_channel": channel_id, "of_mid": mid}
        ).one_or_none()
        return read_message(row) if row else None

    def of_conversation(self, conversation_id: int) -> list[Message]:
        """All, in display order."""
        rows = self._connection.execute(
            _SELECT.where(_COLUMNS.conversation_id == conversation_id).order_by(*DISPLAY_ORDER)
        )
        return [read_message(row) for row in rows]

    def of_replies(self, conversation_id: int, message_id: int) -> Message | None:
        """The reply of that id, if it is one of the conversation's."""
        row = self._connection.execute(
            _SELECT.where(
                _COLUMNS.id == message_id,
                _COLUMNS.conversation_id == conversation_id,
                _COLUMNS.direction == "out",
            )
        ).one_or_none()
        return read_message(row) if row else None

    def last(self, conversation_id: int) -> Message | None:
        """The latest."""
        row = self._connection.execute(
            _SELECT.where(_COLUMNS.conversation_id == conversation_id)
            .order_by(*(one.desc() for one in DISPLAY_ORDER))
            .limit(1)
        ).one_or_none()
        return read_message(row) if row else None

    def settle(self, message_id: int, state: str, reason: str | None, mid: str | None) -> Message:
        """Set the state of an outgoing one; `mid` None keeps what is there."""
        values: dict[str, Any] = {"state": state, "reason": reason}
        if mid is not None:
            values["mid"] = mid
        return self._write(
            update(_COLUMNS.id.table).where(_COLUMNS.id == message_id).values(**values)
        )

    def send_again(self, message_id: int) -> Message:
        """An agent wants it sent once more."""
        values = {"state": "sending", "reason": None, "tries": _COLUMNS.tries + 1}
        return self._write(
            update(_COLUMNS.id.table).where(_COLUMNS.id == message_id).values(**values)
        )

    def erase(self, message_id: int) -> Message:
        """Remove the content; the bubble stays as deleted."""
        return self._write(
            update(_COLUMNS.id.table)
            .where(_COLUMNS.id == message_id)
            .values(text="", url=None, parts="[]", deleted=True, reaction=None)
        )

    def remove(self, message_id: int) -> None:
        """Remove the bubble itself."""
        self._connection.execute(delete(message).where(_COLUMNS.id == message_id))

    def delivery_of(self, message_id: int) -> int | None:
        """The delivery that brought it."""
        return self._connection.scalar(
            select(_COLUMNS.delivery_id).where(_COLUMNS.id == message_id)
        )

    def bury(self, channel_id: int, mid: str, author_id: str, at_ms: int) -> None:
        """Remember that this person's message was unsent, whether or not it is known yet."""
        if author_id not in self._buriers(channel_id, mid):
            self._connection.execute(
                insert(tombstone).values(
                    channel_id=channel_id, mid=mid, author_id=author_id, at_ms=at_ms
                )
            )

    def is_buried(self, channel_id: int, mid: str, author_id: str | None = None) -> bool:
        """Whether it was unsent in this person's thread; None: in anybody's."""
        buriers = self._buriers(channel_id, mid)
        if author_id is None:
            return bool(buriers)
        return author_id in buriers or "" in buriers

    def _buriers(self, channel_id: int, mid: str) -> set[str]:
        found = self._connection.scalars(_BURIED, {"of_channel": channel_id, "of_mid": mid})
        return set(found)

    def directions_after(self, message_id: int) -> tuple[dict[str, int], int]:
        """How many there are of each direction after that one, and the newest one's id."""
        newest: int = self._connection.scalar(select(func.max(message.c.id))) or message_id
        rows = self._connection.execute(
            select(message.c.direction, func.count())
            .where(message.c.id > message_id, message.c.id <= newest)
            .group_by(message.c.direction)
        )
        return {row[0]: row[1] for row in rows}, newest

    def all_unsent_ms(self, conversation_id: int) -> int | None:
        """When the customer had withdrawn all they wrote; None when something is left."""
        theirs = and_(message.c.conversation_id == conversation_id, message.c.direction == "in")
        if self._connection.execute(
            select(message.c.id).where(theirs, ~message.c.deleted).limit(1)
        ).first():
            return None
        last: int | None = self._connection.scalar(
            select(func.max(tombstone.c.at_ms)).join(
                message,
                and_(theirs, message.c.channel_id == tombstone.c.channel_id)
                & (message.c.mid == tombstone.c.mid),
            )
        )
        return last

    def unanswered_since(self, conversation_id: int) -> int | None:
        """Meta's time of the oldest message after every answer that has not failed."""
        here = message.c.conversation_id == conversation_id
        answered = (
            select(func.coalesce(func.max(message.c.order_ms), 0))
            .where(here, message.c.direction == "out", message.c.state != "failed")
            .scalar_subquery()
        )
        since: int | None = self._connection.scalar(
            select(func.min(message.c.at_ms)).where(
                here, message.c.direction == "in", ~message.c.deleted, message.c.order_ms > answered
            )
        )
        return since

    def _order_ms(self, message: NewMessage) -> int:
        latest: Any = self._connection.execute(
            _LATEST, {"of_conversation": message.conversation_id}
        ).one()
        return place_in_order(message.event_ms, Latest(*latest))

    def _write(self, statement: Any) -> Message:
        return read_message(
            self._connection.execute(statement.returning(*_SELECT.selected_columns)).one()
        )


def read_message(row: Row[Any]) -> Message:
    """The message of a row with all of its columns."""
    parts = tuple(Part(kind, url) for kind, url in json.loads(row.parts))
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        channel_id=row.channel_id,
        mid=row.mid,
        direction=row.direction,
        content=Content(row.kind, row.text, row.url, parts, row.available),
        deleted=row.deleted,
        state=row.state,
        reason=row.reason,
        author=row.author,
        at_ms=row.at_ms,
        order_ms=row.order_ms,
        reaction=row.reaction,
        reaction_ms=row.reaction_ms,
        edits=row.edits,
        seen_ms=row.seen_ms,
        tries=row.tries,
    )
