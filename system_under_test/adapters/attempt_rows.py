"""Failed sign-ins as rows."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from system_under_test.adapters.schema import sign_in_attempt
from system_under_test.domain.throttle import Attempts

_COLUMNS = sign_in_attempt.c


class AttemptRows:
    """Implements service.attempt_records.AttemptBook."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> Attempts:
        """What was counted; nothing, if nothing was."""
        row = self._connection.execute(
            select(_COLUMNS.failures, _COLUMNS.last_ms, _COLUMNS.locked_until_ms).where(
                _COLUMNS.key == key
            )
        ).one_or_none()
        return Attempts(*row) if row else Attempts()

    def put(self, key: str, attempts: Attempts) -> None:
        """Keep this count."""
        self.remove(key)
        self._connection.execute(
            insert(sign_in_attempt).values(
                key=key,
                failures=attempts.failures,
                last_ms=attempts.last_ms,
                locked_until_ms=attempts.locked_until_ms,
            )
        )

    def remove(self, key: str) -> None:
        """Count from nothing."""
        self._connection.execute(delete(sign_in_attempt).where(_COLUMNS.key == key))

    def forget_before(self, last_ms: int) -> None:
        """Drop counts that nobody added to since then."""
        self._connection.execute(delete(sign_in_attempt).where(_COLUMNS.last_ms < last_ms))
