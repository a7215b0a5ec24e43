"""What Allure is given beside the results."""

import json
from pathlib import Path

from reports import allure
from tests.fakes.sample_run import PASSED, run_of


def container(folder: Path, name: str, status: str) -> Path:
    path = folder / "allure-results" / f"{name}-container.json"
    path.parent.mkdir(exist_ok=True)
    document = {"befores": [{"name": "customer", "status": status}], "afters": [{"name": "end"}]}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_the_environment_says_what_was_reviewed(tmp_path: Path) -> None:
    results = allure.write(run_of(PASSED), tmp_path)

    lines = (results / "environment.properties").read_text(encoding="utf-8").splitlines()
    assert "target=interact" in lines
    assert "seed=7" in lines


def test_only_fixtures_that_broke_are_shown(tmp_path: Path) -> None:
    noise = container(tmp_path, "a", "passed")
    kept = container(tmp_path, "b", "broken")

    allure.write(run_of(PASSED), tmp_path)

    assert (noise.exists(), kept.exists()) == (False, True)


def test_the_row_of_an_outline_is_shown_once_and_plainly(tmp_path: Path) -> None:
    result = tmp_path / "allure-results" / "c-result.json"
    result.parent.mkdir()
    parameters = [
        {"name": "text", "value": "'two'"},
        {"name": "_pytest_bdd_example", "value": "{'text': 'two'}"},
    ]
    result.write_text(json.dumps({"parameters": parameters}), encoding="utf-8")

    allure.write(run_of(PASSED), tmp_path)

    assert json.loads(result.read_text(encoding="utf-8"))["parameters"] == [
        {"name": "text", "value": "two"}
    ]
