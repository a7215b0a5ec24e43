"""The whole review against two processes of the console on one PostgreSQL (`make soak`)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.postgres_server import NoPostgresError, running_postgres
from tests.fakes.proof_figures import VARIABLE, is_long, leave

pytestmark = pytest.mark.skipif(not is_long(), reason=f"takes minutes: {VARIABLE}=FOLDER")
ROOT = Path(__file__).resolve().parents[2]
MOST_S, MOST_CASES = 500, 50
PAIR = """\
[run]
target = "pair"
driver = "{driver}"
[patience]
ready_s = 30  # two processes begin on a machine that other proofs keep busy
[targets.pair]
kind = "interact"
command = [
    "env", "INTERACT_PROCESSES=2", "INTERACT_DATABASE_URL={url}",
    "{python}", "-m", "system_under_test", "serve",
]
"""


def reviewed(folder: Path, driver: str) -> tuple[int, dict[str, Any]]:
    """Exit code and verdicts of a run."""
    config = folder / "homolog.toml"
    out = folder / "out"
    command = [sys.executable, "-m", "harness", "run", "--config", config, "--out", out]
    try:
        with running_postgres() as url:
            told = PAIR.format(url=url, python=sys.executable, driver=driver)
            config.write_text(told, encoding="utf-8")
            done = subprocess.run(
                command, cwd=ROOT, timeout=MOST_S, capture_output=True, text=True, check=False
            )
    except NoPostgresError as error:
        pytest.skip(str(error))
    verdicts = out / "latest" / "conformance.json"
    assert verdicts.exists(), done.stdout + done.stderr
    return done.returncode, json.loads(verdicts.read_text("utf-8"))


@pytest.mark.parametrize("driver", ["api", "browser"])
def test_two_processes_are_conformant(driver: str, tmp_path: Path) -> None:
    code, verdicts = reviewed(tmp_path, driver)

    counts = verdicts["counts"]
    assert (code, counts.get("failed", 0), counts.get("error", 0)) == (0, 0, 0), counts
    assert counts["passed"] >= MOST_CASES
    leave(f"review-{driver}", cases_passed=counts["passed"], violations=0)
