"""Load against the real emulator and the real console, as the command runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.simulation.history import AgentSaw, read_history, written

pytestmark = pytest.mark.load
LAWS = (
    *("taken", "not-lost", "not-doubled", "in-order", "right-thread"),
    *("slots", "fifo", "one-open", "replies"),
)
ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: str, timeout_s: float = 150) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "harness.load", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Two agents, forty customers, twenty seconds: more people than positions."""
    out = tmp_path_factory.mktemp("load")
    size = ("--users", "40", "--agents", "2", "--duration", "20", "--seed", "7")
    result = command(*size, "--out", str(out))
    return result, next(out.glob("*-load"), out)


def test_every_law_holds_with_forty_customers_on_two_agents(ran) -> None:
    result, folder = ran

    assert result.returncode == 0, result.stdout + result.stderr
    record = json.loads((folder / "load.json").read_text(encoding="utf-8"))
    assert {row["id"]: row["verdict"] for row in record["findings"]} == dict.fromkeys(
        LAWS, "passed"
    )


def test_the_load_was_a_load(ran) -> None:
    record = json.loads((ran[1] / "load.json").read_text(encoding="utf-8"))

    assert record["counts"]["messages"] >= 60
    assert record["counts"]["most_open"] == 16
    assert record["counts"]["most_waiting"] > 0
    assert record["counts"]["returning_customers"] > 0
    assert all(row["count"] > 0 for row in record["measures"])


def test_the_last_lines_name_the_files(ran) -> None:
    result, folder = ran

    assert result.stdout.split()[-3:] == [
        str(folder / name) for name in ("load.html", "load.json", "history.ndjson")
    ]
    assert "Conformant under load" in (folder / "load.html").read_text(encoding="utf-8")


def test_a_tampered_history_is_not_conformant(ran, tmp_path: Path) -> None:
    history = read_history(ran[1] / "history.ndjson")
    victim = history.of(AgentSaw)[-1].mid
    kept = [event for event in history.events if getattr(event, "message", None) is None]
    kept += [event for event in history.of(AgentSaw) if event.mid != victim]
    tampered = tmp_path / "history.ndjson"
    tampered.write_text("\n".join(written(event) for event in kept), encoding="utf-8")

    result = command("judge", str(tampered))

    assert result.returncode == 1
    assert "not-lost" in result.stdout


def test_a_careless_console_is_not_conformant(tmp_path: Path) -> None:
    factory = "tests.fakes.careless_console:create_app"
    serve = [sys.executable, "-m", "system_under_test", "serve", "--app", factory]
    file = tmp_path / "homolog.toml"
    file.write_text(
        f'[targets.careless]\nkind = "interact"\ncommand = {json.dumps(serve)}\n',
        encoding="utf-8",
    )

    result = command(
        *("--users", "6", "--agents", "1", "--duration", "4"),
        *("--config", str(file), "--target", "careless", "--out", str(tmp_path)),
    )

    record = json.loads(next(tmp_path.glob("*-load/load.json")).read_text(encoding="utf-8"))
    verdicts = {row["id"]: row["verdict"] for row in record["findings"]}
    assert result.returncode == 1
    assert (verdicts["replies"], verdicts["not-lost"]) == ("failed", "failed")
    assert (verdicts["taken"], verdicts["slots"]) == ("passed", "passed")


def test_a_target_of_another_kind_is_refused_before_anything_starts(tmp_path: Path) -> None:
    file = tmp_path / "homolog.toml"
    file.write_text(
        '[targets.ours]\nkind = "web_console"\nconsole_url = "http://127.0.0.1:9"\n'
        'webhook_url = "http://127.0.0.1:9/w"\nagent = { login = "a", password = "b" }\n',
        encoding="utf-8",
    )

    result = command(
        "--config", str(file), "--target", "ours", "--out", str(tmp_path), "--duration", "1"
    )

    assert result.returncode == 2
    assert 'expected "interact", got "web_console"' in result.stderr
