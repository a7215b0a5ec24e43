"""The rules that the database keeps by itself (contact-centre D.3)."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.fakes.little_console import LittleConsole


def seat(little: LittleConsole, agent: int, slot: int | None, state: str = "active") -> None:
    customer = little.scalar("SELECT coalesce(max(id), 0) + 1 FROM customer")
    little.run(f"INSERT INTO customer (id, channel_id, igsid) VALUES ({customer}, 1, '{customer}')")
    add(little, customer, agent, slot, state)


def add(little: LittleConsole, customer: int, agent: int, slot: int | None, state: str) -> None:
    little.run(
        "INSERT INTO conversation (protocol, channel_id, customer_id, service_id, state, agent_id,"
        " slot_no, queued_seq, last_at_ms, opened_at_ms) VALUES"
        f" ('p', 1, {customer}, 1, '{state}', {agent}, {slot or 'NULL'}, 1, 1, 1)"
    )


@pytest.mark.parametrize("slot", [0, 9])
def test_there_is_no_ninth_position(little: LittleConsole, slot: int) -> None:
    with pytest.raises(IntegrityError, match="slot_within_limit"):
        seat(little, agent=1, slot=slot if slot else -1)


def test_a_position_holds_one_conversation(little: LittleConsole) -> None:
    seat(little, agent=1, slot=3)
    seat(little, agent=2, slot=3)

    with pytest.raises(IntegrityError):
        seat(little, agent=1, slot=3)


def test_an_active_conversation_has_a_position(little: LittleConsole) -> None:
    with pytest.raises(IntegrityError, match="active_means_seated"):
        seat(little, agent=1, slot=None)


def test_an_ended_conversation_has_none(little: LittleConsole) -> None:
    with pytest.raises(IntegrityError, match="active_means_seated"):
        seat(little, agent=1, slot=1, state="ended")


def test_a_thread_has_one_open_conversation(little: LittleConsole) -> None:
    seat(little, agent=1, slot=1)

    with pytest.raises(IntegrityError):
        add(little, customer=1, agent=1, slot=2, state="active")


def test_event_ids_are_never_given_twice(little: LittleConsole) -> None:
    with little.store.writing() as records:
        records.ui_events.add("agent:1", "status", {})
    little.run("DELETE FROM ui_event")
    with little.store.writing() as records:
        records.ui_events.add("agent:1", "status", {})

    assert little.scalar("SELECT max(id) FROM ui_event") == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_writer_is_durable_and_patient(little: LittleConsole) -> None:
    assert little.scalar("PRAGMA journal_mode") == "wal"
    assert little.scalar("PRAGMA synchronous") == 2
    assert little.scalar("PRAGMA busy_timeout") >= 5000


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_shared_writer_is_durable_and_patient(little: LittleConsole) -> None:
    assert little.scalar("SHOW synchronous_commit") == "on"
    assert little.scalar("SHOW fsync") == "on"
    assert little.scalar("SHOW lock_timeout") == "10s"
