"""The whole review against two processes of the console on one PostgreSQL (`make soak`: 25 s)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.postgres_server import NoPostgresError, running_postgres

pytestmark = pytest.mark.skipif(
    not os.environ.get("LONG_PROOFS"), reason="takes half a minute: LONG_PROOFS=1"
)
ROOT = Path(__file__).resolve().parents[2]
MOST_S, MOST_CASES = 240, 50
PAIR = """\
[run]
target = "pair"
driver = "api"
[targets.pair]
kind = "interact"
command = [
    "env", "INTERACT_PROCESSES=2", "INTERACT_DATABASE_URL={url}",
    "{python}", "-m", "system_under_test", "serve",
]
"""


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, Any]]:
    """Exit code and verdicts of a run."""
    folder = tmp_path_factory.mktemp("pair")
    config = folder / "homolog.toml"
    out = folder / "out"
    command = [sys.executable, "-m", "harness", "run", "--config", config, "--out", out]
    try:
        with running_postgres() as url:
            config.write_text(PAIR.format(url=url, python=sys.executable), encoding="utf-8")
            done = subprocess.run(
                command, cwd=ROOT, timeout=MOST_S, capture_output=True, text=True, check=False
            )
    except NoPostgresError as error:
        pytest.skip(str(error))
    verdicts = out / "latest" / "conformance.json"
    assert verdicts.exists(), done.stdout + done.stderr
    return done.returncode, json.loads(verdicts.read_text("utf-8"))


def test_two_processes_are_conformant(reviewed: tuple[int, dict[str, Any]]) -> None:
    code, verdicts = reviewed

    counts = verdicts["counts"]
    assert (code, counts.get("failed", 0), counts.get("error", 0)) == (0, 0, 0), counts
    assert counts["passed"] >= MOST_CASES
