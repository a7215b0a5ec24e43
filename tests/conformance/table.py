"""The page docs/defective-consoles.md: written from what the runs said, never by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.conformance.defects import DEFECTS, Defect
from tests.conformance.reviewing import ROOT, Review

PAGE = ROOT / "docs" / "defective-consoles.md"
HEAD = """# Which defect each step catches

Written by `make test` (tests/conformance). Each console below differs from the reference in one
thing; the whole review, step 01 to step 13, ran against it. The verdict is what that run said.

| Step | Defective console | Driver | Verdict of the step | Failed cases | Other steps |
| --- | --- | --- | --- | --- | --- |
"""


def row(defect: Defect, review: Review) -> str:
    """One line of the table."""
    failed = review.cases_with("failed")
    own = "failed" if defect.step in review.steps_with("failed") else "NOT NOTICED"
    others = review.steps_with("failed") | review.steps_with("error")
    rest = ", ".join(sorted(others - {defect.step})) or "none failed"
    cases = "<br>".join(case.split("/", 1)[1] for case in failed)
    return f"| {defect.step} | {defect.what} | {defect.driver} | {own} | {cases} | {rest} |"


def write(reviews: Mapping[Defect, Review], page: Path = PAGE) -> None:
    """Write the page when every defect was reviewed; a partial run leaves it alone."""
    if set(reviews) == set(DEFECTS):
        rows = [row(defect, reviews[defect]) for defect in DEFECTS]
        page.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
