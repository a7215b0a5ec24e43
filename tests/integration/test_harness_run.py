"""`homolog run` as a process: the report, a killed console, an end by signal."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reports import conformance_json

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_S = 120
Process = subprocess.Popen[str]


@contextmanager
def running(out: Path, *arguments: str) -> Iterator[Process]:
    command = [sys.executable, "-m", "harness", "run", "--driver", "api", "--out", str(out)]
    process = subprocess.Popen(
        [*command, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(process: Process, words: str) -> str:
    """Read until a line has these words."""
    assert process.stdout is not None
    said = iter(process.stdout)
    lines = []
    for line in said:
        lines.append(line)
        if words in line:
            return "".join(lines)
    raise AssertionError(f"never said {words!r}:\n{''.join(lines)}")


def servers_of(process: Process) -> dict[str, int]:
    """The servers that a run started, by program."""
    listed = subprocess.run(
        ["ps", "--ppid", str(process.pid), "-o", "pid=,args="],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    rows = [line.split(None, 4) for line in listed.splitlines()]
    return {row[3]: int(row[0]) for row in rows if row[2] == "-m"}


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def report_in(out: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((out / "latest" / "conformance.json").read_text("utf-8"))
    return document


@pytest.fixture(scope="module")
def step_10(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """One run of a step: its folder, exit code and output."""
    out = tmp_path_factory.mktemp("step-10")
    with running(out, "step-10", "--seed", "3") as process:
        said, _ = process.communicate(timeout=DEADLINE_S)
    return out, process.returncode, said


def test_a_run_leaves_a_report_that_follows_the_schema(step_10: tuple[Path, int, str]) -> None:
    out, code, said = step_10

    report = report_in(out)
    Draft202012Validator(conformance_json.schema()).validate(report)
    assert (code, report["verdict"], report["counts"]["passed"]) == (0, "passed", 4), said
    assert said.splitlines()[-5].endswith("index.html")


def test_the_report_says_where_the_emulator_was_told_to_choose_otherwise(tmp_path: Path) -> None:
    (tmp_path / "homolog.toml").write_text('[emulator.choices]\nother_2xx = "failure"\n')
    chosen = ("step-02", "--quiet", "--config", str(tmp_path / "homolog.toml"))

    with running(tmp_path, *chosen) as process:
        said, _ = process.communicate(timeout=DEADLINE_S)

    assert process.returncode == 0, said
    assert report_in(tmp_path)["environment"]["emulator's choices"] == "other_2xx: failure"


def test_a_choice_that_the_emulator_does_not_know_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "homolog.toml").write_text('[emulator.choices]\nnonsense = "x"\n')

    with running(tmp_path, "--config", str(tmp_path / "homolog.toml")) as process:
        said, _ = process.communicate(timeout=DEADLINE_S)

    assert process.returncode == 2
    assert "emulator.choices: there is no choice 'nonsense'" in said


def test_the_exchanges_of_a_case_are_kept_without_secrets(step_10: tuple[Path, int, str]) -> None:
    out, _, _ = step_10

    case = report_in(out)["cases"][0]
    [path] = [item["path"] for item in case["evidence"] if item["kind"] == "exchanges"]
    text = (out / "latest" / path).read_text(encoding="utf-8")
    kinds = {entry["kind"] for entry in json.loads(text)}
    assert {"webhook_delivery", "graph_call"} <= kinds
    assert "sha256=" in text
    assert "EAA" not in text


def test_same_seed_same_texts_whatever_else_is_chosen(
    step_10: tuple[Path, int, str], tmp_path: Path
) -> None:
    with running(tmp_path, "step-10/end-frees-the-slot", "--seed", "3") as process:
        process.communicate(timeout=DEADLINE_S)

    [alone] = report_in(tmp_path)["cases"]
    [among] = [case for case in report_in(step_10[0])["cases"] if case["id"] == alone["id"]]
    assert texts_of(tmp_path, alone) == texts_of(step_10[0], among)


def texts_of(out: Path, case: dict[str, Any]) -> set[str]:
    """What the customer wrote in a case, as Meta delivered it."""
    [path] = [item["path"] for item in case["evidence"] if item["kind"] == "exchanges"]
    entries = json.loads((out / "latest" / path).read_text(encoding="utf-8"))
    bodies = [
        json.loads(entry["request"]["body"])
        for entry in entries
        if entry["kind"] == "webhook_delivery"
    ]
    texts = {body["entry"][0]["messaging"][0]["message"]["text"] for body in bodies}
    assert texts
    return texts


def test_a_console_that_is_killed_makes_an_error_and_nothing_stays(tmp_path: Path) -> None:
    with running(tmp_path, "step-05..step-07") as process:
        until(process, "passed")
        servers = servers_of(process)
        subprocess.run(["kill", "-9", str(servers["system_under_test"])], check=True)
        said, _ = process.communicate(timeout=DEADLINE_S)

    report = report_in(tmp_path)
    broken = [case for case in report["cases"] if case["verdict"] == "error"]
    assert process.returncode == 3, said
    assert (report["counts"]["failed"], len(broken)) == (0, 1)
    assert "interact was ended by SIGKILL" in broken[0]["message"]
    assert "log" in {item["kind"] for item in broken[0]["evidence"]}
    assert report["cases"][-1]["verdict"] == "skipped"
    assert [pid for pid in servers.values() if is_running(pid)] == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_reports_what_it_has_and_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    with running(tmp_path, "step-05..step-07") as process:
        until(process, "passed")
        servers = servers_of(process)
        process.send_signal(number)
        process.communicate(timeout=DEADLINE_S)

    report = report_in(tmp_path)
    assert process.returncode == 3
    assert report["interrupted"] != ""
    assert report["counts"]["passed"] >= 1
    assert report["counts"]["skipped"] >= 1
    assert len(servers) == 2
    assert [pid for pid in servers.values() if is_running(pid)] == []


def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = tmp_path / "homolog.toml"
        settings.write_text(f"[emulator]\nport = {taken.getsockname()[1]}\n", encoding="utf-8")
        with running(tmp_path, "step-01", "--config", str(settings)) as process:
            said, _ = process.communicate(timeout=DEADLINE_S)

    complaint = said.splitlines()[1:]
    assert (process.returncode, len(complaint)) == (2, 1)
    assert "is taken" in complaint[0]
