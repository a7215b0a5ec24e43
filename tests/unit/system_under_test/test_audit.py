"""The audit finds nothing in a good database, and every law in one that was tampered with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from system_under_test.__main__ import main
from system_under_test.domain.audit import LAWS, audit, counts
from tests.fakes.little_console import LittleConsole

PEOPLE = [f"70{number:02}" for number in range(1, 6)]


def work(little: LittleConsole) -> None:
    """Five customers, two agents with a position each, everybody answered and ended."""
    little.describe(agents=2, positions=1)
    sessions = [little.enter("agent1"), little.enter("agent2")]
    for person in PEOPLE:
        little.deliver(little.message(person), little.message(person, "again"))
    for _ in range(3):
        for session in sessions:
            _work(little, session.agent_id, little.desk.state(session)["conversations"])


def _work(little: LittleConsole, agent_id: int, held: list[dict[str, str]]) -> None:
    for one in held:
        little.desk.reply(agent_id, int(one["id"]), f"to {one['id']}", f"key {one['id']}")
        while little.sender.send_next() == 0:
            pass
        little.desk.end(agent_id, int(one["id"]))


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database after that work; to be copied."""
    path = tmp_path_factory.mktemp("audit") / "little.sqlite3"
    little = LittleConsole(f"sqlite:///{path}")
    work(little)
    little.store.close()
    return path


@pytest.fixture
def floor(worked: Path, tmp_path: Path) -> Iterator[LittleConsole]:
    """A copy to tamper with."""
    little = LittleConsole(f"sqlite:///{shutil.copy(worked, tmp_path)}")
    yield little
    little.store.close()


def broken(little: LittleConsole) -> set[str]:
    return {one.law for one in audit(little.store.audited())}


def test_a_good_database_keeps_every_law(little: LittleConsole) -> None:
    work(little)

    book = little.store.audited()

    assert audit(book) == []
    assert counts(book) == {
        "deliveries": 5,
        "conversations": 5,
        "messages_in": 10,
        "messages_out": 5,
        "replies_sent": 5,
        "replies_refused": 0,
        "replies_unconfirmed": 0,
        "positions_given": 5,
    }


TAMPERED = [
    ("every delivery interpreted", ["UPDATE delivery SET state = 'quarantined' WHERE id = 3"]),
    ("every delivery interpreted", ["UPDATE delivery SET state = 'received' WHERE id = 3"]),
    ("no reply without an outcome", ["UPDATE outbox SET state = 'sending' WHERE id = 2"]),
    ("no reply without an outcome", ["UPDATE message SET mid = NULL WHERE direction = 'out'"]),
    (
        "no reply without an outcome",
        ["UPDATE outbox SET state = 'lost'", "UPDATE message SET state = 'failed', reason = NULL"],
    ),
    (
        "one open conversation a thread",
        [
            "DROP INDEX one_open_a_thread",
            "UPDATE conversation SET state = 'queued', customer_id = 1 WHERE id IN (3, 4)",
        ],
    ),
    (
        "never more than the positions",
        [
            "DROP INDEX one_conversation_a_slot",
            (
                "UPDATE conversation SET state = 'active', agent_id = 1, slot_no = 1"
                " WHERE id IN (1, 2)"
            ),
        ],
    ),
    (
        "never more than the positions",
        ["UPDATE routing_log SET slot = 1, agent_id = 1 WHERE eligible <> '[]'"],
    ),
    ("first come, first served", ["UPDATE conversation SET queued_seq = 0 WHERE id = 5"]),
]


@pytest.mark.parametrize(("law", "deeds"), TAMPERED)
def test_a_law_that_is_broken_is_named(floor: LittleConsole, law: str, deeds: list[str]) -> None:
    for deed in deeds:
        floor.run(deed)

    assert broken(floor) == {law}


def test_a_second_bubble_is_seen(floor: LittleConsole) -> None:
    book = floor.store.audited()  # no database of ours lets it in

    found = audit(replace(book, bubbles=(*book.bubbles, book.bubbles[0])))

    assert [one.law for one in found] == ["no message shown twice"]


def test_every_law_has_been_seen_broken() -> None:
    assert {law for law, _ in TAMPERED} | {"no message shown twice"} == set(LAWS)


def test_the_command_tells_counts_and_breaches_and_exits_with_1(floor: LittleConsole) -> None:
    environment = {"INTERACT_DATABASE_URL": floor.url}

    good = CliRunner().invoke(main, ["admin", "audit"], env=environment)
    floor.run("UPDATE outbox SET state = 'sending' WHERE id = 2")
    bad = CliRunner().invoke(main, ["admin", "audit", "--with-messages"], env=environment)

    assert (good.exit_code, json.loads(good.stdout)["violations"]) == (0, [])
    assert bad.exit_code == 1
    assert [one["law"] for one in json.loads(bad.stdout)["violations"]] == [
        "no reply without an outcome"
    ]
    assert json.loads(bad.stdout)["messages"][0]["igsid"] == PEOPLE[0]
