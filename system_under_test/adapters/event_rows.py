"""The event stream and the routing log as rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.schema import routing_log, ui_event
from system_under_test.domain.routing import Assignment
from system_under_test.service.ports import Clock
from system_under_test.service.records import UiEvent

# Statements of the hot path are built once: building one costs more than running it.
_ADD = insert(ui_event)
_AFTER = (
    select(ui_event.c.id, ui_event.c.type, ui_event.c.data)
    .where(
        ui_event.c.audience.in_(bindparam("audiences", expanding=True)),
        ui_event.c.id > bindparam("cursor"),
    )
    .order_by(ui_event.c.id)
    .limit(bindparam("most"))
)
_LAST = select(func.max(ui_event.c.id))
_FIRST = select(func.min(ui_event.c.id))


_NOBODY = json.dumps(())  # eligible for what no policy decided


class UiEventRows:
    """Implements service.records.UiEvents; adding an event wakes its audience."""

    def __init__(self, connection: Connection, clock: Clock, woken: set[str]) -> None:
        self._connection = connection
        self._clock = clock
        self._woken = woken

    def add(
        self,
        audience: str,
        kind: str,
        data: Mapping[str, Any],
        conversation_id: int | None = None,
        message_id: int | None = None,
    ) -> None:
        """Append an event; wakes listeners."""
        self._connection.execute(
            _ADD,
            {
                "audience": audience,
                "type": kind,
                "data": json.dumps(data, ensure_ascii=False),
                "conversation_id": conversation_id,
                "message_id": message_id,
                "at_ms": self._clock.now_ms(),
            },
        )
        self._woken.add(audience)

    def after(self, audiences: Collection[str], cursor: int, limit: int) -> list[UiEvent]:
        """Events of these audiences after the cursor."""
        values = {"audiences": list(audiences), "cursor": cursor, "most": limit}
        rows = self._connection.execute(_AFTER, values)
        return [UiEvent(row.id, row.type, json.loads(row.data)) for row in rows]

    def last_id(self) -> int:
        """The newest id of all; 0 without any."""
        return self._connection.scalar(_LAST) or 0

    def floor(self) -> int:
        """Cursors below this one are too old."""
        first = self._connection.scalar(_FIRST)
        return 0 if first is None else first - 1

    def scrub(self, conversation_id: int, message_id: int, data: Mapping[str, Any]) -> None:
        """Let no older event tell the content of a message that is now `data`."""
        mine = ui_event.c.conversation_id == conversation_id
        # A later update supersedes these, and their previews may quote the message.
        self._connection.execute(
            delete(ui_event).where(mine, ui_event.c.type == "conversation_updated")
        )
        rows = self._connection.execute(
            select(ui_event.c.id, ui_event.c.data).where(
                mine,
                (ui_event.c.message_id == message_id) | (ui_event.c.type == "conversation_opened"),
            )
        ).all()
        for row in rows:
            cleaned = _replace(json.loads(row.data), data)
            self._connection.execute(
                update(ui_event).where(ui_event.c.id == row.id).values(data=json.dumps(cleaned))
            )

    def prune(self, before_ms: int) -> None:
        """Forget old events; the newest stays, for it holds the cursor."""
        newest = select(func.max(ui_event.c.id)).scalar_subquery()
        self._connection.execute(
            delete(ui_event).where(ui_event.c.at_ms < before_ms, ui_event.c.id < newest)
        )


class RoutingLogRows:
    """Implements service.records.RoutingLog."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def add(self, trigger: str, service_id: int, queue_length: int, decision: Assignment) -> int:
        """Append; a decision without agent has agent_id 0 and slot 0. The entry's number."""
        result: Any = self._connection.execute(
            insert(routing_log)
            .values(
                at_ms=self._clock.now_ms(),
                trigger=trigger,
                service_id=service_id,
                conversation_id=decision.conversation_id,
                agent_id=decision.agent_id or None,
                slot=decision.slot or None,
                reason=decision.reason,
                queue_length=queue_length,
                eligible=json.dumps(decision.eligible),
            )
            .returning(routing_log.c.id)
        )
        number: int = result.scalar_one()
        return number

    def after(self, services: Collection[int], number: int, limit: int) -> list[dict[str, Any]]:
        """Entries of these services after that number."""
        return self._entries(
            select(routing_log)
            .where(routing_log.c.service_id.in_(services), routing_log.c.id > number)
            .order_by(routing_log.c.id)
            .limit(limit)
        )

    def of_conversation(self, conversation_id: int) -> list[dict[str, Any]]:
        """Every entry about a conversation, oldest first."""
        return self._entries(
            select(routing_log)
            .where(routing_log.c.conversation_id == conversation_id)
            .order_by(routing_log.c.id)
        )

    def latest(self, limit: int) -> list[dict[str, Any]]:
        """The newest entries of all services, newest first."""
        return self._entries(select(routing_log).order_by(routing_log.c.id.desc()).limit(limit))

    def _entries(self, statement: Any) -> list[dict[str, Any]]:
        return [
            {
                **row,
                "decision": _decision(row["trigger"], row["slot"], row["eligible"]),
                "conversation_id": str(row["conversation_id"]),
                "eligible": json.loads(row["eligible"]),
            }
            for row in self._connection.execute(statement).mappings()
        ]


def _decision(trigger: str, slot: int | None, eligible: str) -> str:
    """assigned by the policy, queued on arrival, released at the end; other: moved by hand."""
    if slot is not None and eligible != _NOBODY:
        return "assigned"
    if trigger == "ended":
        return "released"
    return "queued" if trigger == "arrived" and slot is None else "other"


def _replace(data: dict[str, Any], message: Mapping[str, Any]) -> dict[str, Any]:
    if "messages" in data:
        kept = [message if one["id"] == message["id"] else one for one in data["messages"]]
        return {**data, "messages": kept, "preview": ""}
    return {**data, "message": message}
