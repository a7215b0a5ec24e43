"""Two stores on one PostgreSQL: they wake each other, and neither does the other's work again."""

from __future__ import annotations

import pytest

from system_under_test.service.replies import OUTBOX
from tests.fakes.little_console import LittleConsole

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def test_a_commit_wakes_the_other_process(little: LittleConsole, database_url: str) -> None:
    other = LittleConsole(database_url)
    listener = other.bell.listen([OUTBOX])
    other.store.follow_others()

    woken = []
    for _ in range(20):  # the other may still be about to listen
        with little.store.writing() as records:
            records.wake(OUTBOX)
        woken.append(listener.wait(0.25))
        if woken[-1]:
            break
    other.bell.stop()
    other.store.close()

    assert woken[-1]


def test_a_delivery_is_processed_by_one_of_two(little: LittleConsole, database_url: str) -> None:
    other = LittleConsole(database_url)
    little.store_delivery(little.message("7001"))
    with other.store.reading() as records:
        batch = records.deliveries.pending(9)
    little.inbox.process()

    other.inbox._process(batch)
    other.store.close()

    assert little.scalar("SELECT count(*) FROM event") == 1


def test_a_nul_character_stops_nobody(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open("7001", session)

    little.deliver(little.message("7001", "a\0b"))

    assert little.bubbles(session, number)[-1]["text"] == "a\ufffdb"
