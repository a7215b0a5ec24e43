"""`python -m tests.fakes.little_review FOLDER`: the plugin on a little suite; prints the records.

A process of its own, because pytest and Allure keep state in theirs.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from harness.catalogue import load_catalogue
from harness.plugin import ReviewPlugin
from harness.recorder import Recorder
from harness.review import pytest_arguments
from tests.fakes.little_stage import LittleStage

STEPS = """
import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from harness.errors import ConformanceFailure, NotApplicable, TargetError

scenarios(r"{features}")

@given("an agent")
def _agent(stage, evidence):
    evidence.note("the agent is here")

@when(parsers.parse("the customer writes {{text}}"))
def _write(text, evidence, faker_for_case):
    evidence.attach("text", "name", faker_for_case.name())

@then("all is well")
def _well():
    pass

@then("the console is wrong")
def _wrong():
    raise ConformanceFailure("the name is shown", expected="Ana", actual="IGSID 1")

@then("the step crashes")
def _crash():
    raise ZeroDivisionError("by zero")

@then("the console lacks it")
def _lacks():
    raise NotApplicable("this console shows no slots")

@then("the adapter is broken")
def _broken():
    raise TargetError("the adapter returned nonsense")

@then("the console dies meanwhile")
def _dies(stage):
    stage.kill()
    raise ConformanceFailure("it is shown", expected="something", actual="nothing")

@then("the page never answers")
def _hang(stage):
    assert stage.browser_ended.wait(30)
    raise RuntimeError("the browser has been closed")

@pytest.fixture
def broken_fixture():
    raise ValueError("no such luck")

@then("a fixture fails")
def _fixture(broken_fixture):
    pass
"""


def main(folder: Path) -> None:
    """Bind every feature below `folder`, run all its cases, print what was recorded."""
    suite = folder / "suite"
    suite.mkdir()
    (suite / "test_little.py").write_text(STEPS.format(features=folder / "features"))
    cases = load_catalogue(folder / "features").cases
    stage = LittleStage(folder)
    recorder = Recorder(folder, stage.clock)
    told: list[str] = []
    plugin = ReviewPlugin(
        stage,  # type: ignore[arg-type]
        cases,
        recorder,
        lambda record: told.append(record.id),
    )
    code = pytest.main(pytest_arguments(folder, suite), plugins=[plugin])
    print(  # noqa: T201
        json.dumps(
            {
                "code": int(code),
                "errors": plugin.collection_errors,
                "told": told,
                "put_away": stage.put_away_count,
                "cases": [asdict(case) for case in recorder.cases],
            }
        )
    )


main(Path(sys.argv[1]))
