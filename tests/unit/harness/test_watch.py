"""What the watch tells of an expectation that was met."""

from harness.config import PatienceSettings
from harness.matchers import equals, is_true
from harness.steps.watch import Watch


def told_by(act: str) -> list[str]:
    told: list[str] = []
    watch = Watch(PatienceSettings(appears_s=0.2, never_s=0.01), told.append)
    {
        "value": lambda: watch.eventually(lambda: "Ana", equals("Ana"), reason="r"),
        "truth": lambda: watch.eventually(lambda: True, is_true("asked", "not asked"), reason="r"),
        "thing": lambda: watch.appears(object, expected="a bubble", reason="r"),
        "nothing": lambda: watch.never(lambda: 0, equals(1), reason="r"),
        "tidying": lambda: watch.settle(lambda: 1, bool),
    }[act]()
    return told


def test_a_value_speaks_for_itself() -> None:
    assert told_by("value") == ['"Ana"']


def test_of_anything_else_the_expectation_speaks() -> None:
    assert (told_by("truth"), told_by("thing")) == (["asked"], ["a bubble"])


def test_what_never_happened_is_told_with_the_time_it_was_watched() -> None:
    assert told_by("nothing") == ["nothing of the kind within 0.01 s"]


def test_tidying_up_tells_nothing() -> None:
    assert told_by("tidying") == []
