"""A page that never answers: its cases become errors in time, and the run comes to its end."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_S = 120
VARIATION = [
    *(sys.executable, "-m", "system_under_test", "serve"),
    *("--app", "tests.fakes.endless_console:create_app"),
]


def test_a_page_whose_script_never_ends_is_an_error_of_its_cases(tmp_path: Path) -> None:
    settings = tmp_path / "homolog.toml"
    settings.write_text(
        '[run]\nout = "out"\n[patience]\npage_s = 2.0\n'
        f'[targets.variation]\nkind = "interact"\ncommand = {json.dumps(VARIATION)}\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            *(sys.executable, "-m", "harness", "run", "step-01", "step-03"),
            *("--config", str(settings), "--target", "variation"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
        check=False,
    )

    written = tmp_path / "out" / "latest" / "conformance.json"
    cases = json.loads(written.read_text("utf-8"))["cases"]
    verdicts = {case["verdict"] for case in cases if case["step"] == "step-03"}
    messages = {case["message"] for case in cases if case["verdict"] == "error"}
    assert done.returncode == 3
    assert verdicts == {"error"}
    assert cases[0]["verdict"] == "passed"
    assert all("answered nothing for 2 s" in message for message in messages)
