"""conformance.json: there, back, and according to its schema."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from reports import conformance_json
from reports.conformance_json import UnreadableReport
from reports.verdict import Verdict
from tests.fakes.sample_run import FAILED, PASSED, case_with, run_of

RUN = run_of(PASSED, FAILED, case_with(Verdict.SKIPPED, 2), case_with(Verdict.ERROR, 3))


def test_what_is_written_follows_the_schema() -> None:
    document = conformance_json.to_document(RUN)

    Draft202012Validator(conformance_json.schema()).validate(document)


def test_the_schema_refuses_a_sixth_verdict() -> None:
    document = {**conformance_json.to_document(RUN), "verdict": "fine"}

    with pytest.raises(ValidationError, match="fine"):
        Draft202012Validator(conformance_json.schema()).validate(document)


def test_what_is_written_can_be_read_back(tmp_path: Path) -> None:
    conformance_json.write(RUN, tmp_path)

    assert conformance_json.read(tmp_path) == RUN


def test_a_case_holds_what_machines_ask_for() -> None:
    case = conformance_json.to_document(RUN)["cases"][1]

    assert case["id"] == "step-09/the-name"
    assert case["verdict"] == "failed"
    assert case["requirements"] == ["guide-step-1"]
    assert case["steps"][0]["failure"]["actual"] == '"IGSID 1789"'


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match=r"conformance\.json: cannot be read"):
        conformance_json.read(tmp_path)


def test_another_schema_is_refused(tmp_path: Path) -> None:
    (tmp_path / "conformance.json").write_text('{"schema": "other/9"}', encoding="utf-8")

    with pytest.raises(UnreadableReport, match='got "other/9"'):
        conformance_json.read(tmp_path)


def test_a_document_with_holes_is_refused(tmp_path: Path) -> None:
    document = conformance_json.to_document(RUN)
    del document["cases"][0]["verdict"]
    (tmp_path / "conformance.json").write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(UnreadableReport, match="does not follow"):
        conformance_json.read(tmp_path)
