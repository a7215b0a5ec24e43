"""The plugin on a little suite: what ran, what it was called, what was left behind."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
FEATURE = """@step-01
Feature: Step 01 — Little

  Background:
    Given an agent

  @req-guide-step-1
  Scenario: It passes
    When the customer writes hello
    Then all is well

  Scenario: It fails
    When the customer writes hello
    Then the console is wrong
    And all is well

  Scenario: It crashes
    Then the step crashes

  Scenario: It lacks an ability
    Then the console lacks it

  Scenario: Its adapter is broken
    Then the adapter is broken

  Scenario: Its fixture fails
    Then a fixture fails

  Scenario: A step that nobody defined
    Then pigs fly

  Scenario: Its page never answers
    Then the page never answers

  @browser
  Scenario: It needs a browser
    Then all is well

  Scenario Outline: It writes <text>
    When the customer writes <text>
    Then all is well

    Examples:
      | text |
      | one  |
      | two  |
"""
DYING = """@step-01
Feature: Step 01 — Dying

  Background:
    Given an agent

  @req-guide-step-1
  Scenario: It passes
    When the customer writes hello
    Then all is well

  Scenario: The console dies
    Then the console dies meanwhile

  Scenario: The one after
    Then all is well
"""
Played = dict[str, Any]


def played(folder: Path, feature: str) -> Played:
    (folder / "features").mkdir()
    (folder / "features" / "step_01_little.feature").write_text(feature, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fakes.little_review", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result: Played = json.loads(done.stdout.splitlines()[-1])
    assert result["errors"] == [], done.stdout
    result["folder"] = folder
    return result


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(tmp_path_factory.mktemp("little"), FEATURE)


@pytest.fixture(scope="module")
def dying(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(tmp_path_factory.mktemp("dying"), DYING)


def case_of(result: Played, slug: str) -> dict[str, Any]:
    [case] = [one for one in result["cases"] if one["id"] == f"step-01/{slug}"]
    return dict(case)


@pytest.mark.parametrize(
    ("slug", "verdict"),
    [
        ("it-passes", "passed"),
        ("it-fails", "failed"),
        ("it-crashes", "error"),
        ("it-lacks-an-ability", "not_applicable"),
        ("its-adapter-is-broken", "error"),
        ("its-fixture-fails", "error"),
        ("a-step-that-nobody-defined", "error"),
        ("its-page-never-answers", "error"),
        ("it-needs-a-browser", "not_applicable"),
        ("it-writes-two", "passed"),
    ],
)
def test_what_happens_in_a_case_decides_its_verdict(
    little: Played, slug: str, verdict: str
) -> None:
    assert case_of(little, slug)["verdict"] == verdict


def test_cases_run_in_the_order_of_the_catalogue_and_are_told_one_by_one(little: Played) -> None:
    assert little["told"][:2] == ["step-01/it-passes", "step-01/it-fails"]
    assert little["told"] == [case["id"] for case in little["cases"]]
    assert len(little["told"]) == 11


def test_a_failure_says_step_reason_expected_actual_and_evidence(little: Played) -> None:
    message = case_of(little, "it-fails")["message"]

    assert message.startswith("step-01 · the name is shown · expected Ana · actual IGSID 1 · ")
    assert message.endswith("evidence/step-01/it-fails")


def test_steps_behind_a_failure_are_skipped(little: Played) -> None:
    steps = case_of(little, "it-fails")["steps"]

    assert [(step["keyword"], step["verdict"]) for step in steps] == [
        ("Given", "passed"),
        ("When", "passed"),
        ("Then", "failed"),
        ("And", "skipped"),
    ]


def test_given_and_when_are_done_and_then_is_expected(little: Played) -> None:
    steps = case_of(little, "it-passes")["steps"]

    assert [step["purpose"] for step in steps] == ["done", "done", "expected"]
    assert steps[0]["notes"] == ["the agent is here"]


def test_a_crash_is_told_with_its_traceback(little: Played) -> None:
    case = case_of(little, "it-crashes")

    [trace] = case["steps"][-1]["evidence"]
    assert "ZeroDivisionError: by zero" in case["message"]
    assert "in _crash" in (little["folder"] / trace["path"]).read_text(encoding="utf-8")


def test_a_case_over_its_limit_says_so_instead_of_what_broke(little: Played) -> None:
    case = case_of(little, "its-page-never-answers")

    assert "took more than 1 s ([patience] case_s)" in case["message"]
    assert "took more than 1 s" in case["steps"][-1]["message"]


def test_a_lacking_ability_is_explained(little: Played) -> None:
    assert case_of(little, "it-lacks-an-ability")["message"] == "this console shows no slots"


def test_names_depend_on_seed_and_case_only(little: Played, dying: Played) -> None:
    assert name_in(dying, "it-passes") == name_in(little, "it-passes")
    assert name_in(little, "it-writes-one") != name_in(little, "it-writes-two")


def name_in(result: Played, slug: str) -> str:
    [item] = case_of(result, slug)["steps"][1]["evidence"]
    return Path(result["folder"], item["path"]).read_text(encoding="utf-8")


def test_the_stage_is_tidied_after_every_case_that_ran(little: Played) -> None:
    assert little["put_away"] == 10


def test_allure_sees_given_when_then_with_attachments_inside(little: Played) -> None:
    results = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (little["folder"] / "allure-results").glob("*-result.json")
    ]
    [passed] = [one for one in results if one["name"] == "It passes"]
    [failed] = [one for one in results if one["name"] == "It fails"]
    assert [step["name"] for step in passed["steps"]] == [
        "Given an agent",
        "When the customer writes hello",
        "Then all is well",
    ]
    assert [item["name"] for item in passed["steps"][1]["attachments"]] == ["name"]
    assert (failed["status"], failed["steps"][2]["status"]) == ("failed", "failed")


def test_a_console_that_died_makes_an_error_not_a_failure(dying: Played) -> None:
    case = case_of(dying, "the-console-dies")

    assert case["verdict"] == "error"
    assert "interact was ended by SIGKILL" in case["message"]
    assert case["steps"][-1]["verdict"] == "error"


def test_the_last_words_of_the_console_are_kept(dying: Played) -> None:
    [log] = case_of(dying, "the-console-dies")["evidence"]

    assert log["kind"] == "log"
    assert (dying["folder"] / log["path"]).read_text(encoding="utf-8") == "the last words"


def test_cases_after_a_death_are_skipped_with_the_reason(dying: Played) -> None:
    case = case_of(dying, "the-one-after")

    assert case["verdict"] == "skipped"
    assert case["message"].startswith("not run: interact was ended by SIGKILL")
