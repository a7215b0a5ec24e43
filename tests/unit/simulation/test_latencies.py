"""Durations mean what the report says they mean."""

from harness.simulation.history import History
from harness.simulation.latencies import measures, message_to_stream, percentile, queue_wait
from tests.fakes.little_floor import LittleFloor


def test_percentiles_are_nearest_ranks() -> None:
    hundred = [float(number) for number in range(1, 101)]

    assert [percentile(hundred, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]


def test_one_value_is_every_percentile() -> None:
    assert percentile([7.0], 0.99) == 7.0


def test_nothing_measured_is_no_number() -> None:
    assert {(one.count, one.p50_ms, one.max_ms) for one in measures(History([]))} == {
        (0, None, None)
    }


def test_message_to_stream_speaks_of_conversations_that_are_already_held() -> None:
    history = LittleFloor(["ana"], ["eva"], 1).play({"ana": 3})

    assert message_to_stream(history) == [4.0, 4.0]


def test_queue_wait_counts_every_conversation() -> None:
    history = LittleFloor(["ana", "bia"], ["eva"], 1).play({"ana": 1, "bia": 1})

    waits = queue_wait(history)

    assert waits[0] == 1.0
    assert waits[1] > waits[0]


def test_the_four_durations_of_the_report_are_measured() -> None:
    history = LittleFloor(["ana"], ["eva"], 1).play({"ana": 2})

    counts = {one.id: one.count for one in measures(history)}

    assert counts == {
        "webhook_answer": 2,
        "message_to_stream": 1,
        "reply_to_customer": 2,
        "queue_wait": 1,
    }
