"""Wake-ups between processes on PostgreSQL: LISTEN and NOTIFY.

A notification is a hint that may be lost with the connection; who waits looks again after some
seconds in any case, and only the rows are the truth (contact-centre D.2).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from system_under_test.service.ports import Doorbell

_CHANNEL = "interact_wakeups"
_MOST_TOPICS = 50  # a payload may have 8000 bytes
_LOOK_S = 1.0  # how often the end of the process is noticed
_NOTIFY = text(f"SELECT pg_notify('{_CHANNEL}', :payload)")
_log = logging.getLogger(__name__)


def notify_others(connection: Connection, origin: str, topics: Iterable[str]) -> None:
    """Tell the other processes, once this transaction is committed, what was woken in it."""
    for payload in _payloads(origin, sorted(topics)):
        connection.execute(_NOTIFY, {"payload": payload})


def _payloads(origin: str, topics: list[str]) -> Iterator[str]:
    for start in range(0, len(topics), _MOST_TOPICS):
        yield "\n".join([origin, *topics[start : start + _MOST_TOPICS]])


class Wakeups(threading.Thread):
    """Rings this process's doorbell for what other processes have committed."""

    def __init__(self, engine: Engine, bell: Doorbell, origin: str) -> None:
        super().__init__(name="wakeups", daemon=True)
        self._engine = engine
        self._bell = bell
        self._origin = origin

    def run(self) -> None:
        """Listen until the doorbell stops; connect again as often as needed."""
        from psycopg import Error

        pause = self._bell.listen(["wakeups"])
        while not self._bell.is_stopped:
            try:
                self._listen()
            except (Error, DBAPIError) as error:
                _log.warning("wake-ups of other processes are late: %s", str(error).split("\n")[0])
                pause.wait(_LOOK_S)
        pause.close()

    def _listen(self) -> None:
        borrowed = self._engine.raw_connection()
        borrowed.detach()  # it waits for the whole life of the process: none of the pool's
        connection: Any = borrowed.dbapi_connection
        try:
            connection.autocommit = True
            connection.execute(f"LISTEN {_CHANNEL}")
            while not self._bell.is_stopped:
                for notice in connection.notifies(timeout=_LOOK_S):
                    self._hear(notice.payload)
        finally:
            connection.close()

    def _hear(self, payload: str) -> None:
        origin, *topics = payload.split("\n")
        if origin != self._origin:
            self._bell.ring(topics)
