"""The command: one line for a mistake, and the exit code that belongs to it."""

import errno
import json
import re
import socket
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.cli import main
from reports import conformance_json
from tests.fakes.sample_run import PASSED, lay_out, run_of


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: object
    out: str
    err: str


@pytest.fixture
def homolog(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> object:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = capsys.readouterr()
        return Said(ended.value.code, said.out, said.err)

    return run


@pytest.mark.parametrize("command", ["run", "list", "serve", "doctor", "load", "report"])
def test_every_command_explains_itself(homolog: object, command: str) -> None:
    said = homolog(command, "--help")  # type: ignore[operator]

    assert said.code == 0
    assert f"Usage: homolog {command}" in said.out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["run", "step-77"], 'homolog: SELECT: nothing matches "step-77"'),
        (["run", "--target", "theirs"], "homolog: --target: run.target: expected a configured"),
        (["run", "--config", "nowhere.toml"], "homolog: nowhere.toml: cannot be read"),
        (["report", "nowhere"], "homolog: nowhere/conformance.json: cannot be read"),
        (["list", "nonsense"], 'homolog: SELECT: nothing matches "nonsense"'),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(
    homolog: object, arguments: list[str], complaint: str
) -> None:
    said = homolog(*arguments)  # type: ignore[operator]

    assert said.code == 2
    assert said.err.startswith(complaint)
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["run", "--driver", "robot"], ["fly"], ["serve", "x"]])
def test_a_wrong_option_is_exit_code_2(homolog: object, arguments: list[str]) -> None:
    said = homolog(*arguments)  # type: ignore[operator]

    assert said.code == 2
    assert "Usage: homolog" in said.err


def test_a_missing_browser_is_named_before_anything_starts(
    homolog: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOMOLOG_CHROMIUM", "/no/such/browser")

    said = homolog("run", "step-01")  # type: ignore[operator]

    assert said.code == 2
    assert "/no/such/browser" in said.err
    assert list(Path().rglob("*.log")) == []


def test_the_list_names_steps_titles_and_requirements(homolog: object) -> None:
    said = homolog("list", "step-10")  # type: ignore[operator]

    assert said.code == 0
    assert re.search(r"End frees the slot +contact-centre-R9", said.out)


def test_the_list_is_there_for_machines_too(homolog: object) -> None:
    cases = json.loads(homolog("list", "step-10", "--json").out)  # type: ignore[operator]

    assert cases[0]["id"] == "step-10/end-closes-the-conversation"
    assert cases[0]["file"] == "features/review/step_10_end_the_conversation.feature"


def test_a_report_can_be_rendered_anew(homolog: object, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    conformance_json.write(run_of(PASSED), lay_out(folder))

    said = homolog("report", str(folder))  # type: ignore[operator]

    assert said.code == 0
    assert "Conformant" in (folder / "index.html").read_text(encoding="utf-8")


def test_a_host_that_is_not_ours_is_named(homolog: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMOLOG_EMULATOR__HOST", "192.0.2.1")

    said = homolog("run", "step-01", "--driver", "api")  # type: ignore[operator]

    assert said.code == 2
    assert 'expected an address of this machine, got "192.0.2.1"' in said.err


def test_a_port_on_which_somebody_listens_is_named(
    homolog: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("HOMOLOG_EMULATOR__PORT", str(taken.getsockname()[1]))

        said = homolog("run", "step-01", "--driver", "api")  # type: ignore[operator]

    assert said.code == 2
    assert "is taken" in said.err


def test_an_empty_folder_is_no_folder(homolog: object) -> None:
    said = homolog("run", "step-01", "--out", "")  # type: ignore[operator]

    assert (said.code, 'expected a folder, got ""' in said.err) == (2, True)


def test_a_full_disk_is_no_defect_of_ours(homolog: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("harness.review.make_run_folder", full)

    said = homolog("run", "step-01", "--driver", "api")  # type: ignore[operator]

    assert said.code == 3
    assert "No space left on device; make room" in said.err
    assert "defect" not in said.err
