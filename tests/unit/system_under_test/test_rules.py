"""Rules R1 to R20: each has a test that cites its number, here or beside what it is about."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from system_under_test.domain.agents import Session
from tests.fakes.little_console import ACCOUNT, LittleConsole
from tests.fakes.rule_catalogue import RULES

TESTS = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"\bR(\d+)\b")
ANA, BIA = "3601", "3602"
Spoil = Callable[[LittleConsole, Session], object]


def cited() -> Iterator[int]:
    """Numbers in the docstrings of tests of the console."""
    for path in (TESTS / "unit" / "system_under_test").glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield from map(int, NUMBER.findall(ast.get_docstring(node) or ""))


def test_every_rule_is_cited_by_a_test() -> None:
    assert sorted(set(RULES) - set(cited())) == []


def test_no_test_cites_a_rule_that_there_is_not() -> None:
    assert sorted(set(cited()) - set(RULES)) == []


def test_the_documentation_has_every_rule() -> None:
    table = (TESTS.parent / "docs" / "console.md").read_text("utf-8").split("### Routing\n")[1]
    rows = "".join(line for line in table.split("###")[0].splitlines() if line.startswith("| R"))

    assert {int(one) for one in NUMBER.findall(rows)} == set(RULES)


# --- R1 ------------------------------------------------------------------------------------------


def hold_two(little: LittleConsole, _session: Session) -> None:
    little.change_agent(1, positions=2)
    little.deliver(little.message("3610"), little.message("3611"))


LACKS: dict[str, Spoil] = {
    "signed in": lambda little, session: little.sign_in.sign_out(session),
    "a status that receives": lambda little, session: little.desk.select_status(
        session.agent_id, "pause_rest"
    ),
    "presence": lambda little, _session: little.pass_time(30),
    "membership": lambda little, _session: little.change_agent(1, services=()),
    "a free position": hold_two,
}


@pytest.mark.parametrize("what", LACKS)
def test_an_agent_who_lacks_one_thing_receives_nothing(little: LittleConsole, what: str) -> None:
    """R1."""
    session = little.enter()
    LACKS[what](little, session)

    little.deliver(little.message(ANA))

    assert little.scalar("SELECT state FROM conversation ORDER BY id DESC LIMIT 1") == "queued"


def test_an_agent_who_lacks_nothing_receives(little: LittleConsole) -> None:
    """R1, R6: and attendance begins with the assignment."""
    session = little.enter()

    little.deliver(little.message(ANA))

    assert little.mine(session) == {ANA: "active"}


# --- R3, R4 --------------------------------------------------------------------------------------


def test_positions_fill_from_the_lowest_that_is_free(little: LittleConsole) -> None:
    """R3: positions that are not active are left out."""
    little.change_agent(1, positions=(2, 4, 5))
    session = little.enter()
    number = little.open(ANA, session)
    little.open(BIA, session)
    little.desk.end(session.agent_id, number)

    little.deliver(little.message("3603"))

    held = little.desk.state(session)["conversations"]
    assert [(one["slot"], one["customer"]["igsid"]) for one in held] == [(2, "3603"), (4, BIA)]


def test_a_timestamp_of_meta_jumps_no_queue(little: LittleConsole) -> None:
    """R4."""
    later = little.message(BIA)
    little.deliver(little.message(ANA))
    little.deliver({**later, "timestamp": 1})
    little.change_agent(1, positions=1)

    session = little.enter()

    assert little.mine(session) == {ANA: "active"}


# --- R11, R13 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["not_ready", "pause_meal", "pause_rest", "pause_other"])
def test_a_pause_keeps_what_is_there_and_brings_nothing(little: LittleConsole, status: str) -> None:
    """R11."""
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.select_status(session.agent_id, status)

    little.deliver(little.message(BIA), little.message(ANA, "alguém?"))
    little.desk.reply(session.agent_id, number, "Já volto", None)

    assert little.mine(session) == {ANA: "active"}
    assert little.scalar("SELECT count(*) FROM conversation WHERE state = 'queued'") == 1


def test_with_nobody_there_a_message_waits_and_nothing_is_sent(little: LittleConsole) -> None:
    """R13."""
    little.deliver(little.message(ANA))
    little.pass_time(3_600)
    little.sender.send_next()

    assert little.scalar("SELECT state FROM conversation") == "queued"
    assert little.scalar("SELECT count(*) FROM message WHERE direction = 'in'") == 1
    assert little.graph.sent == []


# --- R15, R16 ------------------------------------------------------------------------------------


def test_what_was_written_on_the_phone_takes_no_position(little: LittleConsole) -> None:
    """R15: it is shown in the open conversation, and opens none."""
    session = little.enter()
    number = little.open(ANA, session)
    said = {"text": "do telefone", "is_echo": True}
    little.deliver(little.item(ACCOUNT, ANA, {"mid": "e1", **said}))
    shown = [one["direction"] for one in little.bubbles(session, number)]
    little.desk.end(session.agent_id, number)

    little.deliver(little.item(ACCOUNT, ANA, {"mid": "e2", **said}))
    little.deliver(little.item(ACCOUNT, BIA, {"mid": "e3", **said}))

    assert shown == ["in", "out"]
    assert little.mine(session) == {}
    assert little.scalar("SELECT count(*) FROM conversation") == 1


def test_reactions_and_reads_open_nothing_and_extend_nothing(little: LittleConsole) -> None:
    """R16."""
    session = little.enter()
    number = little.open(ANA, session)
    before = little.scalar("SELECT window_ms FROM customer")
    little.desk.end(session.agent_id, number)
    little.clock.now += 3_600_000
    bare: dict[str, Any] = little.item(ANA, ACCOUNT, {})
    del bare["message"]

    little.deliver(
        {**bare, "reaction": {"mid": "mid.in.1", "action": "react", "emoji": "❤"}},
        {**bare, "read": {"mid": "mid.in.1"}},
    )

    assert little.mine(session) == {}
    assert little.scalar("SELECT window_ms FROM customer") == before


# --- R18 -----------------------------------------------------------------------------------------


def test_a_decision_tells_who_could_have_had_it_and_who_still_waits(little: LittleConsole) -> None:
    """R18: and a decision without an agent says why."""
    little.change_agent(1, positions=1)
    little.change_agent(2, positions=1)
    first, second = little.enter("agent1"), little.enter("agent2")
    little.deliver(*[little.message(one) for one in (ANA, BIA, "3603", "3604")])

    with little.store.reading() as records:
        log = list(reversed(records.routing_log.latest(10)))

    told = [
        (one["agent_id"], one["slot"], one["reason"], one["queue_length"], one["eligible"])
        for one in log
    ]
    both = [first.agent_id, second.agent_id]
    assert told == [
        (both[0], 1, "lowest_id", 0, both),
        (both[1], 1, "only_eligible", 0, both[1:]),
        (None, None, "no_free_position", 1, []),
        (None, None, "no_free_position", 2, []),
    ]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_code_never_changes_what_the_log_says(verb: str) -> None:
    """R18: append-only."""
    sources = (TESTS.parent / "system_under_test" / "adapters").glob("*.py")
    texts = "".join(path.read_text(encoding="utf-8") for path in sources)

    assert re.findall(rf"\b{verb}\(routing_log\)", texts) == []
    assert "insert(routing_log)" in texts


# --- R19, R20 ------------------------------------------------------------------------------------


def restarted(little: LittleConsole) -> LittleConsole:
    """A new process on the same database, at the same moment."""
    again = LittleConsole(little.url)
    again.clock.now = little.clock.now
    return again


def test_a_restart_looks_again_at_what_nobody_has_decided(little: LittleConsole) -> None:
    """R19: what was set up or freed while no process ran is used by the next one."""
    little.change_agent(1, services=())
    session = little.enter()
    little.deliver(little.message(ANA))
    little.change_agent(1)  # by a command, which routes nothing
    again = restarted(little)

    again.timers.run_due()

    assert again.mine(session) == {ANA: "active"}
    again.store.close()


def test_the_timers_of_one_process_go_off_in_another(little: LittleConsole) -> None:
    """R20: offer, wrap-up, silence and the wait for one agent are rows with their moment."""
    little.change_service(post_service=True, wrap_up_s=40, offer_s=20, idle_end_minutes=1)
    little.change_agent(2, chat_answer="manual")
    first = little.enter("agent1")
    little.desk.end(first.agent_id, little.open(ANA, first))
    number = little.open(BIA, first)
    little.desk.reply(first.agent_id, number, "Olá", None)
    little.desk.select_status(first.agent_id, "pause_rest")
    second = little.enter("agent2")
    little.open("3603", second)
    little.stay(first, second)
    again = restarted(little)

    states = []
    for seconds in (19, 2, 19, 21):
        again.pass_time(seconds)
        states.append(sorted((*again.mine(first).items(), *again.mine(second).items())))
    again.store.close()

    wrapping, offered, active = (ANA, "wrap_up"), ("3603", "offered"), (BIA, "active")
    assert states == [
        [wrapping, active, offered],
        [wrapping, active],
        [active],
        [],
    ]


def test_the_database_refuses_a_ninth_whatever_the_code_does(little: LittleConsole) -> None:
    """R7: eight are held, and a statement past the router seats nobody."""
    session = little.enter()
    little.change_agent(2, services=())
    little.deliver(*[little.message(f"36{number}") for number in range(10, 19)])

    with pytest.raises(DBAPIError):
        little.run(
            "UPDATE conversation SET state = 'active', agent_id = 1, slot_no = 9"
            " WHERE state = 'queued'"
        )
    with pytest.raises(DBAPIError):
        little.run(
            "UPDATE conversation SET state = 'active', agent_id = 1, slot_no = 8"
            " WHERE state = 'queued'"
        )

    assert len(little.mine(session)) == 8
