"""The sentence that a failure makes."""

from harness.errors import ConformanceFailure, Observation


def test_a_failure_reads_as_one_line_with_step_and_evidence() -> None:
    failure = ConformanceFailure(
        "the conversation shows the customer's name",
        expected='"Maria Teste"',
        actual='"IGSID 1789…"',
        waited_s=5.0,
        observations=6,
    )

    assert failure.describe("step-09", "reports/out/run/evidence") == (
        'step-09 · the conversation shows the customer\'s name · expected "Maria Teste" · '
        'actual "IGSID 1789…" · after 5.0 s, 6 observations · reports/out/run/evidence'
    )


def test_without_waiting_nothing_is_said_about_it() -> None:
    failure = ConformanceFailure("it is so", expected="1", actual="2")

    assert str(failure) == "it is so · expected 1 · actual 2"


def test_one_observation_is_not_several() -> None:
    failure = ConformanceFailure(
        "it is so", expected="1", actual="2", waited_s=0.04, history=[Observation(0, "2")]
    )

    assert str(failure).endswith("after 0.0 s, 1 observation")


def test_line_breaks_of_an_answer_do_not_break_the_line() -> None:
    failure = ConformanceFailure("it answers", expected="200", actual="500\n\n{}")

    assert str(failure) == "it answers · expected 200 · actual 500 {}"
