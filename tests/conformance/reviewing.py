"""Reviews one console variation exactly as a user would, and reads the verdicts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_S = 400
ALL_STEPS = "step-01..step-13"
# A defective console makes the harness wait for what never comes: less patience is enough.
PATIENCE = "appears_s = 3.0"


@dataclass(frozen=True)
class Review:
    """What a run said: exit code, and the verdicts of its cases by case id."""

    exit_code: int
    verdicts: dict[str, str]
    output: str

    def steps_with(self, verdict: str) -> set[str]:
        """The steps that have at least one case with this verdict."""
        return {case.split("/")[0] for case, seen in self.verdicts.items() if seen == verdict}

    def cases_with(self, verdict: str) -> list[str]:
        """The ids of the cases with this verdict."""
        return sorted(case for case, seen in self.verdicts.items() if seen == verdict)


def review(
    factory: str,
    driver: str,
    folder: Path,
    select: str = ALL_STEPS,
    *,
    patience: str = PATIENCE,
    environ: Mapping[str, str] | None = None,
) -> Review:
    """Run the review of the console that `factory` makes (`package.module:callable`)."""
    command = [sys.executable, "-m", "system_under_test", "serve", "--app", factory]
    settings = folder / "homolog.toml"
    settings.write_text(
        f'[run]\nout = "out"\n[patience]\n{patience}\n'
        f'[targets.variation]\nkind = "interact"\ncommand = {json.dumps(command)}\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            *(sys.executable, "-m", "harness", "run", select),
            *("--config", str(settings), "--target", "variation", "--driver", driver),
        ],
        cwd=ROOT,
        # A copy: pytest changes the environment for every test, and a program that another thread
        # starts in just that moment would be handed what has been moved away.
        env=dict(os.environ if environ is None else environ),
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
        check=False,
    )
    output = done.stdout + done.stderr
    found = sorted((folder / "out").glob("*/conformance.json"))
    assert found, f"the run wrote no conformance.json (exit {done.returncode}):\n{output}"
    cases = json.loads(found[-1].read_text(encoding="utf-8"))["cases"]
    return Review(done.returncode, {case["id"]: case["verdict"] for case in cases}, output)
