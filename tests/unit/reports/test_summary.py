"""From many verdicts to one."""

from dataclasses import replace

import pytest

from reports.summary import by_step, counts_of, headline, run_verdict, sentence
from reports.verdict import Verdict
from tests.fakes.sample_run import FAILED, PASSED, case_with, run_of


def test_counts_name_every_verdict() -> None:
    counts = counts_of([PASSED, FAILED, PASSED])

    assert counts == {"passed": 2, "failed": 1, "error": 0, "skipped": 0, "not_applicable": 0}


def test_steps_come_in_the_order_of_the_review_with_their_worst_verdict() -> None:
    summaries = by_step(run_of(FAILED, case_with(Verdict.NOT_APPLICABLE), PASSED))

    assert [(one.step.id, one.verdict.value) for one in summaries] == [
        ("step-01", "passed"),
        ("step-09", "failed"),
    ]


def test_a_step_without_cases_is_left_out() -> None:
    assert [one.step.id for one in by_step(run_of(FAILED))] == ["step-09"]


def test_an_interrupted_run_is_an_error_whatever_passed() -> None:
    run = replace(run_of(PASSED), interrupted="The run was interrupted.")

    assert (run_verdict(run), sentence(run)) == (Verdict.ERROR, "The run was interrupted.")


@pytest.mark.parametrize(
    ("verdict", "words", "reason"),
    [
        (
            Verdict.PASSED,
            "Conformant",
            "All 1 applicable cases passed. 1 of the 13 steps were judged.",
        ),
        (Verdict.FAILED, "Not conformant", "1 of 1 judged cases failed."),
        (Verdict.ERROR, "No verdict", "The run met an error that leaves the question open."),
        (Verdict.SKIPPED, "No verdict", "Cases were skipped, which leaves the question open."),
    ],
)
def test_the_verdict_is_said_in_words(verdict: Verdict, words: str, reason: str) -> None:
    run = run_of(case_with(verdict))

    assert (headline(run), sentence(run)) == (words, reason)
