"""Offers, wrap-up, priorities, business hours, absence: what the rules say beyond assigning."""

from __future__ import annotations

from typing import Any

import pytest

from system_under_test.domain.services import CategoryRefusedError
from system_under_test.service.desk import UnknownStatusError
from system_under_test.service.sharing import NotYoursError, WrongStateError
from system_under_test.service.timers import Timers
from tests.fakes.little_console import LittleConsole

ANA, BIA, EVA = "3601", "3602", "3603"


def log(little: LittleConsole) -> list[tuple[Any, ...]]:
    with little.store.reading() as records:
        entries = records.routing_log.latest(50)
    return [(one["trigger"], one["reason"], one["agent_id"]) for one in reversed(entries)]


def samples(little: LittleConsole, kind: str) -> list[int]:
    with little.store._connection("BEGIN") as connection:
        rows = connection.exec_driver_sql(
            f"SELECT value_ms FROM sample WHERE kind = '{kind}' ORDER BY id"
        )
        return [row[0] for row in rows]


# --- R6: manual answer -----------------------------------------------------------------------


@pytest.fixture
def by_hand(little: LittleConsole) -> LittleConsole:
    little.change_agent(1, chat_answer="manual")
    little.change_agent(2, chat_answer="manual")
    return little


def test_an_offer_holds_a_position_until_it_is_accepted(by_hand: LittleConsole) -> None:
    eva = by_hand.enter("agent1")
    number = by_hand.open(ANA, eva)

    assert by_hand.mine(eva) == {ANA: "offered"}
    by_hand.clock.now += 4_000
    accepted = by_hand.transfers.accept(eva.agent_id, number)

    assert (accepted["state"], accepted["slot"], accepted["due_ms"]) == ("active", 1, None)
    assert samples(by_hand, "queue_wait") == [4_000]
    assert log(by_hand)[-1] == ("accepted", "accepted_by_hand", eva.agent_id)


def test_an_offer_that_passes_goes_to_somebody_else(by_hand: LittleConsole) -> None:
    """R6."""
    first, second = by_hand.enter("agent1"), by_hand.enter("agent2")
    by_hand.stay(first, second)
    by_hand.open(ANA, first)

    by_hand.pass_time(29)
    assert by_hand.mine(first) == {ANA: "offered"}
    by_hand.pass_time(1)

    assert (by_hand.mine(first), by_hand.mine(second)) == ({}, {ANA: "offered"})
    assert by_hand.desk.state(first)["status"]["id"] == "not_answering"


def test_an_offer_nobody_takes_keeps_its_age(by_hand: LittleConsole) -> None:
    """R6."""
    eva = by_hand.enter("agent1")
    by_hand.stay(eva)
    by_hand.open(ANA, eva)
    by_hand.pass_time(30)
    by_hand.deliver(by_hand.message(BIA))

    by_hand.desk.select_status(eva.agent_id, "operating")

    positions = {one["customer"]["igsid"]: one["slot"]
                 for one in by_hand.desk.state(eva)["conversations"]}  # fmt: skip
    assert positions == {ANA: 1, BIA: 2}


def test_nobody_selects_the_status_of_not_answering(little: LittleConsole) -> None:
    eva = little.enter("agent1")

    with pytest.raises(UnknownStatusError):
        little.desk.select_status(eva.agent_id, "not_answering")
    assert "not_answering" not in [one["id"] for one in little.desk.state(eva)["statuses"]]


def test_who_has_just_let_it_pass_is_not_asked_at_once_while_another_can_take_it(
    by_hand: LittleConsole,
) -> None:
    """R6: also when both have let it pass, and though the other one holds more."""
    first = by_hand.enter("agent1")
    for customer in (BIA, "3603717463085787"):
        by_hand.transfers.accept(first.agent_id, by_hand.open(customer, first))
    second = by_hand.enter("agent2")
    number = by_hand.open(ANA, second)

    asked = []
    for session in (second, first, second, first):
        by_hand.transfers.decline(session.agent_id, number)
        asked.append([one for one in (first, second) if ANA in by_hand.mine(one)])

    assert asked == [[first], [second], [first], [second]]


def test_who_is_alone_is_asked_again(by_hand: LittleConsole) -> None:
    """R6."""
    first = by_hand.enter("agent1")
    number = by_hand.open(ANA, first)

    by_hand.transfers.decline(first.agent_id, number)

    assert by_hand.mine(first) == {ANA: "offered"}


def test_a_declined_offer_goes_to_a_colleague(by_hand: LittleConsole) -> None:
    first, second = by_hand.enter("agent1"), by_hand.enter("agent2")
    number = by_hand.open(ANA, first)

    by_hand.transfers.decline(first.agent_id, number)

    assert (by_hand.mine(first), by_hand.mine(second)) == ({}, {ANA: "offered"})
    with pytest.raises(NotYoursError):
        by_hand.transfers.accept(first.agent_id, number)


def test_what_is_offered_is_not_answered(by_hand: LittleConsole) -> None:
    eva = by_hand.enter("agent1")
    number = by_hand.open(ANA, eva)

    with pytest.raises(WrongStateError):
        by_hand.desk.reply(eva.agent_id, number, "Olá", None)


def test_what_is_offered_is_not_ended(by_hand: LittleConsole) -> None:
    eva = by_hand.enter("agent1")
    number = by_hand.open(ANA, eva)

    with pytest.raises(WrongStateError):
        by_hand.desk.end(eva.agent_id, number)


# --- R9: wrap-up and classification ------------------------------------------------------------


def test_a_wrap_up_holds_the_position_until_it_is_finished(little: LittleConsole) -> None:
    """R9."""
    little.change_service(post_service=True)
    little.change_agent(1, positions=1)
    eva = little.enter("agent1")
    little.stay(eva)
    number = little.open(ANA, eva)
    little.deliver(little.message(BIA))

    wrapped = little.desk.end(eva.agent_id, number)
    little.clock.now += 10_000
    assert (wrapped["state"], little.mine(eva)) == ("wrap_up", {ANA: "wrap_up"})
    finished = little.desk.finish(eva.agent_id, number, None)

    assert (finished["state"], little.mine(eva)) == ("ended", {BIA: "active"})
    assert samples(little, "wrap_up") == [10_000]


def test_a_wrap_up_ends_by_itself(little: LittleConsole) -> None:
    little.change_service(post_service=True, wrap_up_s=20)
    eva = little.enter("agent1")
    little.stay(eva)
    little.desk.end(eva.agent_id, little.open(ANA, eva))

    little.pass_time(19)
    assert little.mine(eva) == {ANA: "wrap_up"}
    little.pass_time(1)

    assert little.mine(eva) == {}
    assert little.scalar("SELECT end_reason FROM conversation") == "wrap_up_expired"


def test_who_writes_during_the_wrap_up_goes_on_in_the_same_place(little: LittleConsole) -> None:
    little.change_service(post_service=True)
    eva = little.enter("agent1")
    little.stay(eva)
    number = little.open(ANA, eva)
    little.desk.end(eva.agent_id, number)

    little.deliver(little.message(ANA, "mais uma coisa"))
    little.pass_time(120)

    assert little.mine(eva) == {ANA: "active"}
    assert [one["text"] for one in little.bubbles(eva, number)] == ["Oi", "mais uma coisa"]


def test_a_classification_is_asked_for_and_checked(little: LittleConsole) -> None:
    little.change_service(classification=True, categories=("Sale", "Support"))
    eva = little.enter("agent1")
    number = little.open(ANA, eva)

    assert little.desk.end(eva.agent_id, number)["state"] == "wrap_up"
    with pytest.raises(CategoryRefusedError, match="Sale, Support"):
        little.desk.finish(eva.agent_id, number, "Gossip")
    with pytest.raises(CategoryRefusedError, match="missing"):
        little.desk.finish(eva.agent_id, number, None)
    finished = little.desk.finish(eva.agent_id, number, "Sale")

    assert (finished["state"], finished["category"]) == ("ended", "Sale")


def test_a_classification_given_with_end_spares_the_wrap_up(little: LittleConsole) -> None:
    little.change_service(classification=True, categories=("Sale",))
    eva = little.enter("agent1")

    ended = little.desk.end(eva.agent_id, little.open(ANA, eva), "Sale")

    assert (ended["state"], ended["category"]) == ("ended", "Sale")


# --- R8: silence, R10: the last agent, R13: hours, priorities ------------------------------------


def test_silence_is_closed_only_where_the_service_says_so(little: LittleConsole) -> None:
    """R8."""
    little.change_service(idle_end_minutes=10)
    eva = little.enter("agent1")
    little.stay(eva)
    number = little.open(ANA, eva)
    little.pass_time(2_000)  # the agent's silence, not the customer's
    assert little.mine(eva) == {ANA: "active"}

    little.desk.reply(eva.agent_id, number, "Olá!", None)
    little.pass_time(300)
    little.deliver(little.message(ANA))
    little.desk.reply(eva.agent_id, number, "Sim", None)
    little.pass_time(599)
    assert little.mine(eva) == {ANA: "active"}
    little.pass_time(1)

    assert little.mine(eva) == {}
    assert little.scalar("SELECT end_reason FROM conversation") == "customer_silent"


def test_a_silent_conversation_keeps_its_position_for_ever(little: LittleConsole) -> None:
    """R8."""
    eva = little.enter("agent1")
    little.stay(eva)
    number = little.open(ANA, eva)
    little.desk.reply(eva.agent_id, number, "Olá!", None)
    little.stay(eva)

    little.clock.now += 3_000_000
    little.timers.run_due()

    assert little.mine(eva) == {ANA: "active"}


def test_the_customers_last_agent_is_preferred_where_the_service_says_so(
    little: LittleConsole,
) -> None:
    """R10."""
    little.change_service(prefer_last=True)
    first, second = little.enter("agent1"), little.enter("agent2")
    little.desk.end(first.agent_id, little.open(ANA, first))
    little.open(BIA, second)
    little.deliver(little.message(EVA))  # to the first, who now has as many

    little.deliver(little.message(ANA))

    assert little.mine(first) == {EVA: "active", ANA: "active"}


def test_a_closed_service_keeps_conversations_for_its_opening(little: LittleConsole) -> None:
    """R13."""
    # The clock stands at a Friday, 2025-09-19 16:40 UTC.
    little.change_service(hours="UTC fri 17:20-20:00", closed_text="Back at 17:20.")
    eva = little.enter("agent1")
    little.stay(eva)

    little.deliver(little.message(ANA))
    little.deliver(little.message(ANA, "alguém?"))
    little.pass_time(39 * 60)
    assert little.mine(eva) == {}
    assert log(little)[-1][1] == "closed"
    little.sender.send_next()
    little.pass_time(60)

    assert little.mine(eva) == {ANA: "active"}
    assert little.graph.sent == ["Back at 17:20."]


def test_nobody_is_answered_by_a_machine_unless_the_service_says_so(little: LittleConsole) -> None:
    little.change_service(hours="UTC mon 06:00-18:00")

    little.deliver(little.message(ANA))

    assert little.scalar("SELECT count(*) FROM outbox") == 0


def test_a_service_of_higher_priority_is_served_first(little: LittleConsole) -> None:
    little.change_agent(1, positions=1)
    little.run("UPDATE agent_position SET active = false WHERE agent_id = 2")
    eva = little.enter("agent1")
    little.stay(eva)
    number = little.open(ANA, eva)
    little.deliver(little.message(BIA))
    little.change_service(priority=5)
    little.deliver(little.message(EVA))

    little.desk.end(eva.agent_id, number)

    assert little.mine(eva) == {EVA: "active"}


# --- R12: absence --------------------------------------------------------------------------------


def test_the_conversations_of_a_lost_agent_return_with_their_age(little: LittleConsole) -> None:
    """R12."""
    little.change_agent(2, positions=1)
    lost, there = little.enter("agent1"), little.enter("agent2", status=None)
    number = little.open(ANA, lost)
    little.stay(there)
    little.deliver(little.message(BIA))

    little.pass_time(149)
    assert set(little.mine(lost)) == {ANA, BIA}
    little.desk.select_status(there.agent_id, "ready")
    little.pass_time(2)

    assert little.mine(there) == {ANA: "active"}  # the older of the two
    assert little.scalar("SELECT count(*) FROM conversation WHERE state = 'queued'") == 1
    with pytest.raises(NotYoursError):
        little.desk.reply(lost.agent_id, number, "Olá", None)


def test_an_agent_who_is_back_in_time_keeps_everything(little: LittleConsole) -> None:
    """R12."""
    eva = little.enter("agent1")
    little.open(ANA, eva)
    little.pass_time(140)
    little.presence.touch(eva)
    little.presence.flush()

    little.pass_time(20)

    assert little.mine(eva) == {ANA: "active"}


def test_conversations_stay_where_that_is_wanted(little: LittleConsole) -> None:
    """R12."""
    little.timers.on_disconnect = "stay"
    eva = little.enter("agent1")
    little.open(ANA, eva)

    little.pass_time(9_000)

    assert little.mine(eva) == {ANA: "active"}


def test_a_console_that_was_down_gives_agents_their_grace(little: LittleConsole) -> None:
    eva = little.enter("agent1")
    little.open(ANA, eva)
    little.clock.now += 3_600_000
    again = LittleConsole(little.url)
    again.clock.now = little.clock.now
    again.timers = Timers(again.store, again.clock, again.timers.router)

    again.pass_time(119)
    before = again.mine(eva)
    again.pass_time(2)
    after = again.mine(eva)
    again.store.close()

    assert (before, after) == ({ANA: "active"}, {})


def test_what_was_to_be_wrapped_up_ends_with_its_agent(little: LittleConsole) -> None:
    little.change_service(post_service=True, wrap_up_s=0)
    eva = little.enter("agent1")
    little.desk.end(eva.agent_id, little.open(ANA, eva))

    little.pass_time(200)

    assert little.scalar("SELECT state FROM conversation") == "ended"


# --- what is measured --------------------------------------------------------------------------


def test_times_are_measured_once_each(little: LittleConsole) -> None:
    little.deliver(little.message(ANA))
    little.clock.now += 20_000
    eva = little.enter("agent1")
    number = int(little.desk.state(eva)["conversations"][0]["id"])
    little.clock.now += 5_000
    little.desk.reply(eva.agent_id, number, "Olá", None)
    little.desk.reply(eva.agent_id, number, "Como posso ajudar?", None)
    little.clock.now += 7_000
    little.deliver(little.message(ANA, "Então"))
    little.deliver(little.message(ANA, "é o seguinte"))
    little.clock.now += 3_000
    little.desk.reply(eva.agent_id, number, "Sim", None)
    little.desk.end(eva.agent_id, number)

    assert samples(little, "queue_wait") == [20_000]
    assert samples(little, "first_response") == [25_000]
    assert samples(little, "in_slot_reply") == [5_000, 3_001]
    assert samples(little, "handle_time") == [15_002]
