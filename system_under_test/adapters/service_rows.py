"""Receptive services as rows."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from system_under_test.adapters.schema import conversation, quick_reply, service
from system_under_test.domain.business_hours import parse_hours
from system_under_test.domain.services import Service

_SERVICE = select(
    service.c.id,
    service.c.name,
    service.c.classification,
    service.c.post_service,
    service.c.priority,
    service.c.pick,
    service.c.offer_ms,
    service.c.wrap_up_ms,
    service.c.idle_end_ms,
    service.c.queue_limit_ms,
    service.c.hours,
    service.c.closed_text,
    service.c.queue_text,
    service.c.prefer_last,
    service.c.categories,
).order_by(service.c.id)


class ServiceRows:
    """Implements service.floor_records.Services; reads the few rows once a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, Service] = {}

    def get(self, service_id: int) -> Service:
        """The service of that id."""
        return self._all()[service_id]

    def find(self, name: str) -> Service | None:
        """The service of that name."""
        return next((one for one in self._all().values() if one.name == name), None)

    def of_conversation(self, conversation_id: int) -> Service:
        """The service in which the conversation waits or is attended."""
        number: Any = self._connection.scalar(
            select(conversation.c.service_id).where(conversation.c.id == conversation_id)
        )
        return self.get(number)

    def all(self) -> list[Service]:
        """Every service."""
        return list(self._all().values())

    def quick_replies(self, services: Collection[int]) -> list[tuple[str, str]]:
        """Name and text of those of these services and of all services."""
        rows = self._connection.execute(
            select(quick_reply.c.name, quick_reply.c.text)
            .where(or_(quick_reply.c.service_id.is_(None), quick_reply.c.service_id.in_(services)))
            .order_by(quick_reply.c.name)
        )
        return [(row[0], row[1]) for row in rows]

    def _all(self) -> dict[int, Service]:
        if not self._known:
            rows = self._connection.execute(_SERVICE).mappings()
            self._known = {row["id"]: _read(dict(row)) for row in rows}
        return self._known


def _read(row: dict[str, Any]) -> Service:
    row["hours"] = parse_hours(row["hours"])
    row["categories"] = tuple(json.loads(row["categories"]))
    return Service(**row)
