"""Every review step has a console that fails it, and that console fails nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conformance.defects import DEFECTS, Defect
from tests.conformance.reviewing import Review

pytestmark = pytest.mark.conformance
STEPS = {f"step-{number:02d}" for number in range(1, 14)}


def test_every_step_has_a_defective_console() -> None:
    assert {defect.step for defect in DEFECTS} == STEPS


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: f"{defect.step}-{defect.module}")
def test_a_defective_console_fails_exactly_its_step(
    defect: Defect, reviewed: Callable[[Defect], Review]
) -> None:
    seen = reviewed(defect)

    assert seen.steps_with("error") == set(), seen.output
    assert seen.steps_with("failed") == {defect.step}, seen.output
    assert seen.exit_code == 1, seen.output
