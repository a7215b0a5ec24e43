"""`python -m harness.load judge`: a good history is 0, a spoilt one 1, a broken file 2."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harness.load.__main__ import main
from harness.simulation.history import AgentSaw, History, Observed, written
from tests.fakes.little_floor import LittleFloor


def judged(folder: Path, events: list[Observed]) -> Result:
    file = folder / "history.ndjson"
    file.write_text("\n".join(written(event) for event in events), encoding="utf-8")
    return CliRunner().invoke(main, ["judge", str(file)])


@pytest.fixture
def good() -> History:
    return LittleFloor(["ana", "bia"], ["eva"], 1).play({"ana": 2, "bia": 1})


def test_a_good_history_is_conformant(tmp_path: Path, good: History) -> None:
    result = judged(tmp_path, list(good.events))

    assert result.exit_code == 0
    assert "Verdict: passed" in result.output


def test_a_lost_message_is_not_conformant(tmp_path: Path, good: History) -> None:
    spoilt = [
        event for event in good.events if not (isinstance(event, AgentSaw) and event.mid == "ana-2")
    ]

    result = judged(tmp_path, spoilt)

    assert result.exit_code == 1
    assert "not-lost: message 2 of ana was acknowledged" in result.output


def test_no_evidence_is_not_conformant(tmp_path: Path, good: History) -> None:
    result = judged(tmp_path, [good.events[0]])

    assert result.exit_code == 1
    assert "Verdict: unknown" in result.output


def test_a_damaged_file_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    file = tmp_path / "history.ndjson"
    file.write_text('{"kind":"custom', encoding="utf-8")

    result = CliRunner().invoke(main, ["judge", str(file)])

    assert result.exit_code == 2
    assert f"{file}:1: " in result.output


def test_a_wrong_option_is_a_mistake_of_the_caller() -> None:
    assert CliRunner().invoke(main, ["--users", "none"]).exit_code == 2
