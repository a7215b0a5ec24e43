"""The run second by second."""

from harness.simulation.history import History
from harness.simulation.timeline import timeline
from tests.fakes.little_floor import LittleFloor


def test_nothing_sent_is_no_timeline() -> None:
    assert timeline(History([])) == ()


def test_everything_sent_is_counted_once() -> None:
    names = [f"k{number}" for number in range(150)]
    history = LittleFloor(names, ["eva"], 8).play(dict.fromkeys(names, 2))

    moments = timeline(history)

    assert sum(moment.messages for moment in moments) == 300
    assert sum(moment.answers for moment in moments) == 300
    assert [moment.second for moment in moments] == list(range(len(moments)))
    assert max(moment.open for moment in moments) <= 8
