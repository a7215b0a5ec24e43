"""The supervisor's view and hands."""

from __future__ import annotations

import pytest

from system_under_test.domain.agents import SUPERVISOR
from system_under_test.service.desk import UnknownStatusError
from system_under_test.service.sharing import NotYoursError, WrongStateError
from system_under_test.service.supervision import NoSuchAgentError
from system_under_test.service.transfers import AgentBusyError
from tests.fakes.little_console import LittleConsole
from tests.fakes.wsgi_console import ROOT, WsgiConsole

ANA, BIA, EVA = "3601", "3602", "3603"


def test_the_floor_shows_queues_and_agents(little: LittleConsole) -> None:
    little.change_agent(1, positions=1)
    first = little.enter("agent1")
    little.open(ANA, first)
    little.deliver(little.message(BIA))
    little.clock.now += 5_000

    floor = little.supervision.floor()

    service = floor["services"][0]
    assert (service["queue_length"], service["oldest_ms"], service["open"]) == (1, 5_000, True)
    assert service["waiting"][0]["name"].endswith("3602")
    busy, away = floor["agents"]
    assert [one["slot"] for one in busy["held"]] == [1]
    assert (busy["present"], busy["eligible"], busy["positions"]) == (True, False, 1)
    assert (away["present"], away["status"]["id"]) == (False, "not_ready")


def test_a_waiting_conversation_is_given_to_an_agent(little: LittleConsole) -> None:
    little.deliver(little.message(ANA), little.message(BIA))
    eva = little.enter("agent1", status="pause_meal")
    queued = little.supervision.floor()["services"][0]["waiting"]
    later = int(queued[1]["id"])

    with pytest.raises(AgentBusyError):
        little.transfers.to_agent(later, "agent1", giver=None, wait=False)
    little.supervision.set_priority(later, 1)
    little.change_agent(1, positions=1)
    little.desk.select_status(eva.agent_id, "ready")

    assert little.mine(eva) == {BIA: "active"}


def test_a_full_agent_gets_no_ninth_even_from_a_supervisor(little: LittleConsole) -> None:
    """R7."""
    little.change_agent(1, positions=2)
    eva = little.enter("agent1")
    little.deliver(*[little.message(f"36{number}") for number in range(3)])
    waiting = int(little.supervision.floor()["services"][0]["waiting"][0]["id"])

    with pytest.raises(AgentBusyError) as refused:
        little.transfers.to_agent(waiting, "agent1", giver=None, wait=False)

    assert refused.value.why == "full"
    assert len(little.mine(eva)) == 2


def test_a_conversation_is_taken_back_to_the_queue(little: LittleConsole) -> None:
    first, second = little.enter("agent1"), little.enter("agent2", status=None)
    number = little.open(ANA, first)
    little.desk.select_status(first.agent_id, "pause_rest")

    little.transfers.requeue(number)
    little.desk.select_status(second.agent_id, "ready")

    assert (little.mine(first), little.mine(second)) == ({}, {ANA: "active"})


def test_an_agent_is_signed_out_and_the_work_goes_on(little: LittleConsole) -> None:
    """R12: a supervisor may."""
    first, second = little.enter("agent1"), little.enter("agent2", status=None)
    little.open(ANA, first)
    little.desk.select_status(second.agent_id, "ready")

    little.supervision.sign_out("agent1")

    assert little.mine(second) == {ANA: "active"}
    assert little.feed.read(first, 0).ended
    assert little.supervision.floor()["agents"][0]["status"]["id"] == "not_ready"


def test_a_forced_status_pulls_the_queue(little: LittleConsole) -> None:
    eva = little.enter("agent1", status="pause_meal")
    little.deliver(little.message(ANA))

    little.supervision.force_status("agent1", "ready")

    assert little.mine(eva) == {ANA: "active"}
    with pytest.raises(UnknownStatusError):
        little.supervision.force_status("agent1", "not_answering")
    with pytest.raises(NoSuchAgentError):
        little.supervision.force_status("nobody", "ready")


def test_peeking_reads_without_a_trace(little: LittleConsole) -> None:
    eva = little.enter("agent1")
    number = little.open(ANA, eva)
    cursor = little.feed.newest()

    seen = little.supervision.peek(number)

    assert [one["text"] for one in seen["messages"]] == ["Oi"]
    assert seen["unread"] == 1
    assert little.feed.newest() == cursor
    with pytest.raises(NotYoursError):
        little.supervision.peek(999)


def test_ending_what_waits_counts_as_abandoned(little: LittleConsole) -> None:
    little.deliver(little.message(ANA))
    little.clock.now += 30_000
    number = int(little.supervision.floor()["services"][0]["waiting"][0]["id"])

    ended = little.supervision.end(number)
    little.supervision.end(number)

    assert ended["state"] == "ended"
    assert little.metrics.report(60, 20)["all"]["abandoned_ms"] == {
        "count": 1, "mean": 30_000, "p50": 30_000, "p95": 30_000, "max": 30_000,
    }  # fmt: skip
    assert little.metrics.report(60, 20)["all"]["abandonment"] == 1.0
    with pytest.raises(WrongStateError):
        little.transfers.requeue(number)


def test_every_move_is_in_the_log(little: LittleConsole) -> None:
    """R18."""
    little.deliver(little.message(ANA))
    eva = little.enter("agent1")
    number = int(little.desk.state(eva)["conversations"][0]["id"])
    little.transfers.requeue(number)
    little.supervision.end(number)

    triggers = [one["trigger"] for one in reversed(little.supervision.log())]

    assert triggers == ["arrived", "status", "requeued", "requeued", "ended"]


def test_an_export_tells_all_about_a_conversation(little: LittleConsole) -> None:
    first, _ = little.enter("agent1"), little.enter("agent2")
    number = little.open(ANA, first)
    little.transfers.to_agent(number, "agent2", giver=None, wait=False)

    exported = little.supervision.export(number)

    assert [one["text"] for one in exported["conversation"]["messages"]] == ["Oi"]
    assert [(one["agent"], one["outcome"]) for one in exported["legs"]] == [
        ("agent1", "transferred"),
        ("agent2", None),
    ]
    reasons = [one["reason"] for one in exported["routing_log"]]
    assert reasons == ["lowest_id", "transferred", "meant_for_this_agent"]
    with pytest.raises(NotYoursError):
        little.supervision.export(999)


def test_the_floor_says_when_a_closed_service_opens(little: LittleConsole) -> None:
    little.change_service(hours="UTC fri 17:20-20:00")  # it is Friday, 16:40

    service = little.supervision.floor()["services"][0]

    assert not service["open"]
    assert service["opens_ms"] == little.clock.now + 40 * 60_000


def test_the_log_tells_the_policys_decisions_from_moves(little: LittleConsole) -> None:
    little.deliver(little.message(ANA))
    eva = little.enter("agent1")
    number = int(little.desk.state(eva)["conversations"][0]["id"])
    little.transfers.requeue(number)
    little.desk.end(eva.agent_id, number)

    decisions = [one["decision"] for one in reversed(little.supervision.log())]

    assert decisions == ["queued", "assigned", "other", "assigned", "released"]


@pytest.mark.parametrize("page", ["supervisor", "administration", "repairs"])
def test_staff_is_told_of_a_channel_whose_token_is_dead(little: LittleConsole, page: str) -> None:
    little.change_agent(1, role=SUPERVISOR, password_hash="hash:pw")
    web = WsgiConsole(little)
    boss = web.agent()
    before = boss.http.get(f"{ROOT}/{page}").text
    little.run("UPDATE channel SET trouble = 'token', trouble_ms = 1")

    told = boss.http.get(f"{ROOT}/{page}").text

    assert "channel-trouble" not in before
    assert "Replies cannot be sent through @empresa (Instagram)" in told
