"""When and with which tag Meta lets the company write; and who is told otherwise."""

from __future__ import annotations

import pytest

from system_under_test.domain.graph_errors import Fate
from system_under_test.domain.windows import (
    HUMAN_AGENT_MS,
    NO_MACHINE,
    STANDARD_MS,
    WindowClosedError,
    opened_at,
    tag_for,
)
from tests.fakes.little_console import ACCOUNT, LittleConsole

ANA, NOW = "3603717463085785", 1_758_300_000_000


@pytest.mark.parametrize(
    ("age_ms", "tag"),
    [
        (0, None),
        (STANDARD_MS, None),
        (STANDARD_MS + 1, "HUMAN_AGENT"),
        (HUMAN_AGENT_MS, "HUMAN_AGENT"),
    ],
)
def test_the_tag_goes_by_the_age(age_ms: int, tag: str | None) -> None:
    assert tag_for(NOW - age_ms, NOW, by_human=True) == tag


@pytest.mark.parametrize(
    ("age_ms", "by_human"),
    [(HUMAN_AGENT_MS + 1, True), (HUMAN_AGENT_MS + 1, False), (STANDARD_MS + 1, False)],
)
def test_nothing_is_sent_outside(age_ms: int, by_human: bool) -> None:
    with pytest.raises(WindowClosedError):
        tag_for(NOW - age_ms, NOW, by_human=by_human)


def test_meta_decides_where_no_message_is_known() -> None:
    assert tag_for(None, NOW, by_human=False) is None


@pytest.mark.parametrize(
    ("event_ms", "opened_ms"),
    [
        (NOW - 3_600_000, NOW - 3_600_000),
        (None, NOW),
        (NOW + 60_000, NOW),
        (NOW - 40 * 3_600_000, NOW),
    ],
)
def test_a_window_opens_in_metas_time_where_it_can_be_true(
    event_ms: int | None, opened_ms: int
) -> None:
    assert opened_at(event_ms, NOW) == opened_ms


def test_a_reply_that_waited_too_long_gets_the_tag_of_its_sending(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.desk.reply(session.agent_id, number, "a tempo", None)

    little.clock.now += STANDARD_MS + 1000
    little.sender.send_next()

    assert little.graph.tags == ["HUMAN_AGENT"]


def test_the_machine_keeps_silent_after_a_day(little: LittleConsole) -> None:
    little.change_service(hours="UTC mon-sun 00:00-00:01", closed_text="Fechado")
    session = little.enter()
    little.deliver(little.message(ANA))
    little.clock.now += STANDARD_MS + 1000

    little.sender.send_next()

    with little.store.reading() as records:
        shown = records.messages.of_conversation(1)[-1]
    assert (little.graph.sent, shown.state, shown.reason) == ([], "failed", NO_MACHINE)
    assert little.desk.state(session)["conversations"] == []


def test_a_reaction_opens_no_window(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    opened = little.desk.conversation(session.agent_id, number)["window"]
    item = little.item(ANA, ACCOUNT, {})
    del item["message"]

    little.clock.now += STANDARD_MS
    little.deliver({**item, "timestamp": little.clock.now, "reaction": {"mid": "mid.in.1"}})

    assert little.desk.conversation(session.agent_id, number)["window"] == opened


def test_after_a_week_a_reply_is_refused_and_so_is_sending_again(little: LittleConsole) -> None:
    session = little.enter()
    number = little.open(ANA, session)
    little.graph.failures = [Fate.PERMANENT]
    said = little.desk.reply(session.agent_id, number, "Oi", None)
    little.sender.send_next()
    little.clock.now += HUMAN_AGENT_MS + 1000

    with pytest.raises(WindowClosedError, match="window_human"):
        little.desk.reply(session.agent_id, number, "tarde", None)
    with pytest.raises(WindowClosedError, match="window_human"):
        little.desk.send_again(session.agent_id, number, int(said["id"]))

    assert little.graph.sent == []
