"""The courier: order, retries by the schedule, the end after an hour."""

import json

import pytest

from fake_meta.app import Emulator
from fake_meta.courier import Courier
from fake_meta.courier.lanes import Lanes
from fake_meta.courier.retry_queue import RetryQueue
from fake_meta.domain.accounts import Customer
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport


@pytest.fixture
def courier(emulator: Emulator) -> Courier:
    """The courier of an emulator whose clock stands."""
    emulator.parts.courier.freeze_clock()
    return emulator.parts.courier


def texts(transport: HandTransport) -> list[str]:
    bodies = [json.loads(request.body) for request in transport.requests]
    return [body["entry"][0]["messaging"][0]["message"]["text"] for body in bodies]


def attempts(journal: Journal) -> list[tuple[int | None, str]]:
    return [(one.attempt, one.outcome) for one in journal.find(Query(kind="webhook_delivery"))]


def test_one_customers_messages_wait_for_each_other(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    transport.is_holding = True
    world.send_text(tester.username, "first")
    world.send_text(tester.username, "second")
    started = texts(transport)

    transport.release_one()

    assert (started, texts(transport)) == (["first"], ["first", "second"])


def test_customers_do_not_wait_for_each_other(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    other = world.create_customer({"role": tester.role})
    transport.is_holding = True

    world.send_text(tester.username, "slow")
    world.send_text(other.username, "quick")

    assert texts(transport) == ["slow", "quick"]


def test_messages_written_at_once_are_delivered_at_once(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    transport.is_holding = True

    world.send_texts(tester.username, ["a", "b", "c"])
    world.send_text(tester.username, "later")

    assert sorted(texts(transport)) == ["a", "b", "c"]


def test_the_next_message_waits_for_all_of_a_burst(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    transport.is_holding = True
    world.send_texts(tester.username, ["a", "b"])
    world.send_text(tester.username, "later")

    transport.release_one()
    after_one = len(transport.requests)
    transport.release_one()

    assert (after_one, len(transport.requests)) == (2, 3)


def test_a_failed_delivery_is_tried_again_by_the_schedule(
    world: World,
    tester: Customer,
    transport: HandTransport,
    courier: Courier,
    journal: Journal,
) -> None:
    transport.script(500, None, 302, 200)
    world.send_text(tester.username, "again")

    courier.advance_clock(8_000)

    assert attempts(journal) == [(1, "failed"), (2, "failed"), (3, "failed"), (4, "delivered")]
    assert courier.pending_retries == 0


def test_a_retry_has_the_same_message_and_a_new_entry_time(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(500)
    world.send_text(tester.username, "again")

    courier.advance_clock(1_000)

    first, second = (json.loads(one.body)["entry"][0] for one in transport.requests)
    assert second["messaging"] == first["messaging"]
    assert second["time"] == first["time"] + 1_000


def test_a_retry_is_signed_for_its_own_bytes(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(500)
    world.send_text(tester.username, "again")

    courier.advance_clock(1_000)

    first, second = (one.headers["X-Hub-Signature-256"] for one in transport.requests)
    assert first != second


def test_nothing_is_retried_before_its_time(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(500, 500)
    world.send_text(tester.username, "again")

    courier.advance_clock(999)

    assert len(transport.requests) == 1
    assert courier.pending_retries == 1


def test_a_failure_does_not_hold_up_the_next_message(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(500)

    world.send_text(tester.username, "failed")
    world.send_text(tester.username, "next")

    assert texts(transport) == ["failed", "next"]
    assert courier.pending_retries == 1


def test_retries_are_made_in_the_order_of_their_time(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(500, 500, 500)
    world.send_text(tester.username, "a")
    courier.advance_clock(500)
    world.send_text(tester.username, "b")

    courier.advance_clock(60_000)

    assert texts(transport) == ["a", "b", "a", "b", "a"]


def test_an_hour_of_failure_disables_the_subscription(
    world: World,
    tester: Customer,
    transport: HandTransport,
    courier: Courier,
    journal: Journal,
) -> None:
    transport.script(*[500] * 10)
    world.send_text(tester.username, "into the void")

    courier.advance_clock(3_600_000)

    assert (world.subscriptions[0].active, world.page_fields) == (False, None)
    assert [one.attempt for one in journal.find(Query(kind="webhook_not_sent"))] == [11]
    assert courier.pending_retries == 0


def test_after_disabling_nothing_is_sent_until_the_app_subscribes_again(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(*[500] * 10)
    world.send_text(tester.username, "into the void")
    courier.advance_clock(3_600_000)
    world.send_text(tester.username, "unheard")
    made = len(transport.requests)

    world.install_on_page(("messages",))
    world.send_text(tester.username, "heard")

    assert (made, texts(transport)[-1]) == (10, "heard")


def test_a_success_ends_the_hour(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(*[500] * 9, 200)
    world.send_text(tester.username, "poison")
    courier.advance_clock(3_500_000)
    world.send_text(tester.username, "fine")

    courier.advance_clock(100_000)

    assert world.subscriptions[0].active


def test_dropping_forgets_retries_and_waiting_messages(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(500)
    world.send_text(tester.username, "a")

    courier.drop_pending()
    courier.advance_clock(60_000)

    assert len(transport.requests) == 1


def test_what_was_under_way_at_the_drop_leaves_no_trace(
    world: World,
    tester: Customer,
    transport: HandTransport,
    courier: Courier,
    journal: Journal,
) -> None:
    transport.is_holding = True
    world.send_text(tester.username, "a")
    courier.drop_pending()

    transport.release_one()

    assert attempts(journal) == []
    assert courier.wait_until_idle(0)


def test_a_long_line_for_a_removed_subscription_does_not_pile_up(
    world: World, tester: Customer, transport: HandTransport, journal: Journal
) -> None:
    transport.is_holding = True
    sent = [world.send_text(tester.username, str(number)) for number in range(2_000)]
    world.unsubscribe_app("instagram")

    transport.release_one()

    assert len(journal.find(Query(kind="webhook_not_sent", limit=5_000))) == len(sent) - 1


def test_a_lane_opens_when_its_group_has_left() -> None:
    lanes: Lanes[str] = Lanes()
    lanes.enter("ana", ["a", "b"])
    lanes.enter("ana", ["c"])

    assert (lanes.leave("ana"), lanes.leave("ana")) == ((), ["c"])


def test_what_is_due_comes_in_order_and_once_a_lane() -> None:
    queue: RetryQueue[str] = RetryQueue()
    for due_ms, item in ((3, "a2"), (1, "a1"), (2, "b1"), (9, "c1")):
        queue.add(due_ms, item)

    first = queue.take_due(5, lambda item: item[0])

    assert (first, queue.take_due(5, lambda item: item[0])) == (["a1", "b1"], ["a2"])


def test_a_hurried_clock_makes_retries_come_sooner(
    emulator: Emulator, world: World, tester: Customer, transport: HandTransport
) -> None:
    transport.script(500)
    emulator.parts.courier.scale_clock(1_000)

    world.send_text(tester.username, "again")

    assert transport.has_made(2, within_s=0.9)
