"""What the terminal shows."""

import io
from pathlib import Path

from rich.console import Console

from harness.config import RunSettings
from harness.progress import Progress
from reports.verdict import Verdict
from tests.fakes.sample_run import FAILED, PASSED, case_with, run_of


def said(*, quiet: bool = False) -> str:
    output = io.StringIO()
    progress = Progress(Console(file=output, width=120), quiet=quiet)
    run = run_of(PASSED, FAILED, case_with(Verdict.NOT_APPLICABLE, 3))
    progress.opening(RunSettings(seed=7), 3)
    progress.case(PASSED)
    progress.case(FAILED)
    progress.closing(run, Path("reports/out/run"))
    return output.getvalue()


def test_the_seed_is_printed_first() -> None:
    assert said().splitlines()[0] == (
        "homolog · target interact · driver browser · journey mobile · seed 7 · 3 cases"
    )


def test_every_case_has_a_line() -> None:
    assert "✓ step-01     The address opens <b>&</b> passed 1.5 s\n" in said()


def test_a_failure_is_followed_by_its_message() -> None:
    lines = said().splitlines()

    place = lines.index("✗ step-09     The address opens <b>&</b> failed 1.5 s")
    assert lines[place + 1].startswith("  step-09 · it failed")


def test_the_last_lines_name_the_files() -> None:
    assert [line.split()[-1] for line in said().splitlines()[-5:]] == [
        "reports/out/run/index.html",
        "reports/out/run/conformance.json",
        "reports/out/run/junit.xml",
        "reports/out/run/allure-results",
        "reports/out/run/logs",
    ]


def test_quiet_leaves_what_did_not_pass_the_verdict_and_the_files() -> None:
    lines = said(quiet=True).splitlines()

    assert len(lines) == 2 + 1 + 5
    assert lines[2] == "Not conformant: 1 of 2 judged cases failed. 12.5 s"
