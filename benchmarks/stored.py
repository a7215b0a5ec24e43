"""What a message costs the console when so many are stored already.

`python -m benchmarks.stored MESSAGES…` fills a database to each number in turn and prints one JSON
line: microseconds to work off one delivery with one message, by how many there were.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from time import perf_counter

from benchmarks.webhooks import ACCOUNT, PAGE, customers, message, signed
from system_under_test.adapters.database import SqlStore
from system_under_test.adapters.doorbell import ThreadDoorbell
from system_under_test.adapters.system_clock import SystemClock
from system_under_test.domain.customers import display_name
from system_under_test.domain.routing import decide
from system_under_test.domain.statuses import STATUSES
from system_under_test.service.announcer import Announcer
from system_under_test.service.delivery_records import NewDelivery
from system_under_test.service.handlers import Handlers, default_table
from system_under_test.service.inbox import Inbox
from system_under_test.service.router import Router
from system_under_test.service.setup import ChannelSetup, ServiceSetup
from system_under_test.service.views import Views

TIMED = 2_000
FILLING = 20  # messages a stored conversation
OLD = 1_000_000  # ids of their customers begin after those of the timed ones


def main(sizes: list[int]) -> dict[str, float]:
    """Microseconds a message at each size, smallest first."""
    with tempfile.TemporaryDirectory(prefix="homolog-stored-") as folder:
        clock = SystemClock()
        path = Path(folder) / "stored.sqlite3"
        store = SqlStore(f"sqlite:///{path}", ThreadDoorbell(), clock)
        store.create_tables()
        with store.administering() as book:
            book.put_service(ServiceSetup("Instagram"))
            book.put_channel(ChannelSetup(PAGE, ACCOUNT, "empresa", "token"))
        announcer = Announcer(Views(STATUSES, display_name, lambda key: key))
        router = Router(decide, STATUSES, announcer, clock)
        inbox = Inbox(store, clock, default_table(Handlers(router, announcer)))
        cost = {}
        for size in sizes:
            _fill(path, size)
            cost[str(size)] = _cost_us(store, inbox, size)
        store.close()
        return cost


def _fill(path: Path, size: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        have: int = connection.execute("SELECT count(*) FROM message").fetchone()[0]
        (known,) = connection.execute("SELECT coalesce(max(id), 0) FROM conversation").fetchone()
        talks = range(known + 1, known + 1 + max(0, size - have) // FILLING)
        connection.executemany(
            "INSERT INTO customer (id, channel_id, igsid, name) VALUES (?, 1, ?, 'Old Customer')",
            ((talk + OLD, f"old{talk}") for talk in talks),
        )
        connection.executemany(
            "INSERT INTO conversation (id, protocol, channel_id, customer_id, service_id, state,"
            " queued_seq, last_at_ms, opened_at_ms, ended_at_ms)"
            " VALUES (?, 'p', 1, ?, 1, 'ended', 1, 1, 1, 1)",
            ((talk, talk + OLD) for talk in talks),
        )
        connection.executemany(
            "INSERT INTO message (conversation_id, channel_id, mid, direction, kind, text, parts,"
            " available, deleted, state, at_ms, order_ms)"
            " VALUES (?, 1, ?, 'in', 'text', 'Oi', '[]', 1, 0, 'received', 1, 1)",
            ((talk, f"mid.old.{talk}.{number}") for talk in talks for number in range(FILLING)),
        )
        connection.executemany(
            "INSERT INTO delivery (received_ms, headers, raw, state)"
            " VALUES (?, '', '', 'processed')",
            ((1,) for _ in range(len(talks) * FILLING)),
        )


def _cost_us(store: SqlStore, inbox: Inbox, size: int) -> float:
    now_ms = int(time.time() * 1000)
    crowd = customers(50)
    deliveries = [
        NewDelivery(
            now_ms,
            "{}",
            signed([message(crowd[number % 50], f"mid.{size}.{number}", now_ms)], now_ms)[0],
        )
        for number in range(TIMED)
    ]
    with store.writing() as records:
        records.deliveries.add(deliveries)
    begun = perf_counter()
    while inbox.process() is not None:
        pass
    return (perf_counter() - begun) / TIMED * 1e6


if __name__ == "__main__":
    print(json.dumps(main([int(one) for one in sys.argv[1:]])))  # noqa: T201
