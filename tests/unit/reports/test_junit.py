"""junit.xml for CI."""

from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from reports import junit
from reports.verdict import Verdict
from tests.fakes.sample_run import FAILED, PASSED, case_with, run_of


def written(folder: Path, *cases: object) -> Xml.Element:
    return Xml.parse(junit.write(run_of(*cases), folder)).getroot()  # type: ignore[arg-type]


def test_a_suite_counts_its_cases(tmp_path: Path) -> None:
    root = written(
        tmp_path, PASSED, case_with(Verdict.ERROR, 2), case_with(Verdict.NOT_APPLICABLE, 3)
    )

    attributes = root[0].attrib
    assert (attributes["tests"], attributes["errors"], attributes["skipped"]) == ("3", "1", "1")


@pytest.mark.parametrize(
    ("verdict", "child"),
    [
        (Verdict.FAILED, "failure"),
        (Verdict.ERROR, "error"),
        (Verdict.SKIPPED, "skipped"),
        (Verdict.NOT_APPLICABLE, "skipped"),
    ],
)
def test_a_verdict_becomes_the_child_that_ci_knows(
    tmp_path: Path, verdict: Verdict, child: str
) -> None:
    root = written(tmp_path, case_with(verdict))

    assert [one.tag for one in root[0][0]] == [child]


def test_a_passed_case_has_no_child(tmp_path: Path) -> None:
    assert list(written(tmp_path, PASSED)[0][0]) == []


def test_control_characters_that_xml_forbids_are_escaped(tmp_path: Path) -> None:
    root = written(tmp_path, FAILED)

    assert root[0][0][0].attrib["message"] == "step-09 · it failed\\x07"
