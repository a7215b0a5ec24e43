"""Which verdict is the worse one."""

import pytest

from reports.verdict import EXIT_CODES, Verdict, worst


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], "not_applicable"),
        (["passed", "not_applicable"], "passed"),
        (["passed", "skipped"], "skipped"),
        (["skipped", "failed", "passed"], "failed"),
        (["failed", "error", "skipped"], "error"),
        (["not_applicable", "not_applicable"], "not_applicable"),
    ],
)
def test_the_worst_child_wins(verdicts: list[str], expected: str) -> None:
    assert worst(Verdict(one) for one in verdicts) == expected


def test_every_verdict_has_an_exit_code() -> None:
    assert {verdict.value: EXIT_CODES[verdict] for verdict in Verdict} == {
        "passed": 0,
        "failed": 1,
        "not_applicable": 2,
        "skipped": 3,
        "error": 3,
    }
