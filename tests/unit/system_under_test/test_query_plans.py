"""What an agent, a customer or a timer does reads by index: its cost does not grow with history."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from system_under_test.domain.customers import Profile
from system_under_test.service.timers import Timers
from tests.fakes.little_console import LittleConsole

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
GROWING = ("conversation", "customer", "message", "delivery", "event", "outbox", "ui_event",
           "routing_log", "leg", "sample", "tombstone", "status_span")  # fmt: skip
SCAN = re.compile(r"SCAN (\w+)$")
MANY = 20
MOST_PER_MESSAGE = 11  # two of them tell the agent
ANA, BIA = "3603717463085785", "3603717463085786"


@pytest.fixture
def asked(little: LittleConsole) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that the console has made."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    event.listen(little.store._engine, "before_cursor_execute", note)
    yield statements
    event.remove(little.store._engine, "before_cursor_execute", note)


def scans(little: LittleConsole, statements: list[tuple[str, Any]]) -> set[str]:
    """Statements that read a whole growing table."""
    found = set()
    with little.store._connection("BEGIN") as connection:
        cursor = connection.connection.cursor()
        for statement, parameters in list(statements):
            if not statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
                continue
            one = parameters[0] if isinstance(parameters, list) else parameters
            plan = [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", one)]
            whole = [SCAN.search(step) for step in plan]
            if any(step and step[1] in GROWING for step in whole):
                found.add(f"{plan}: {statement}")
    return found


def test_the_days_work_scans_nothing_that_grows(
    little: LittleConsole, asked: list[tuple[str, Any]]
) -> None:
    little.change_service(post_service=True, idle_end_minutes=5)
    little.graph.profiles = dict.fromkeys((ANA, BIA), Profile("Ana", "ana", None))
    first, second = little.enter("agent1"), little.enter("agent2")
    little.change_agent(1, positions=1)
    number = little.open(ANA, first)
    little.deliver(little.message(BIA), little.message(ANA, "mais"))
    little.desk.reply(first.agent_id, number, "Olá", "key")
    little.sender.send_next()
    little.desk.mark_read(first.agent_id, number)
    little.transfers.to_agent(number, "agent2", giver=first.agent_id, wait=True)
    little.desk.end(second.agent_id, number)
    little.desk.finish(second.agent_id, number, None)
    little.feed.read(second, 0)
    little.presence.flush()
    Timers(little.store, little.clock, little.transfers.router, grace_ms=0).run_due()
    little.profiles.fetch_next()
    little.desk.conversation(second.agent_id, number)
    little.supervision.floor()

    assert scans(little, asked) == set()


def test_a_scan_would_be_found(little: LittleConsole, asked: list[tuple[str, Any]]) -> None:
    little.scalar("SELECT count(*) FROM message WHERE text = 'Oi'")

    assert len(scans(little, asked)) == 1


def test_a_message_of_a_known_customer_costs_few_statements(
    little: LittleConsole, asked: list[tuple[str, Any]]
) -> None:
    session = little.enter()
    little.open(ANA, session)
    for number in range(MANY):
        little.store_delivery(little.message(ANA, f"{number}"))
    asked.clear()

    little.inbox.process()

    once = 8  # the batch itself: its deliveries, its transactions, its channel
    assert len(asked) <= MANY * MOST_PER_MESSAGE + once, Counter(
        statement for statement, _ in asked
    ).most_common(14)
