"""Added statuses as rows."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from system_under_test.adapters.schema import added_status
from system_under_test.domain.statuses import Status


class StatusRows:
    """Implements service.status_records.Statuses; reads the few rows once a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: tuple[Status, ...] | None = None

    def added(self) -> tuple[Status, ...]:
        """All of them in the order of their addition; removed ones are not selectable."""
        if self._known is None:
            rows = self._connection.execute(select(added_status).order_by(added_status.c.id))
            self._known = tuple(
                Status(row.key, row.routable, not row.removed, row.label) for row in rows
            )
        return self._known
