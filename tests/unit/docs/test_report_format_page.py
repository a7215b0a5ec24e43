"""docs/report-format.md names what the schema has."""

from pathlib import Path

import pytest

from reports import conformance_json
from reports.record import SCHEMA
from reports.verdict import Verdict

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "report-format.md").read_text("utf-8")
DEFINITIONS = conformance_json.schema()["$defs"]
FIELDS = [
    *conformance_json.schema()["properties"],
    *DEFINITIONS["case"]["properties"],
    *DEFINITIONS["step"]["properties"],
    *DEFINITIONS["failure"]["properties"],
]


@pytest.mark.parametrize("field", sorted(set(FIELDS)))
def test_every_field_is_explained(field: str) -> None:
    assert f"`{field}`" in PAGE or f"`{field}[]`" in PAGE


@pytest.mark.parametrize("kind", DEFINITIONS["evidence"]["properties"]["kind"]["enum"])
def test_every_kind_of_evidence_is_explained(kind: str) -> None:
    assert f"`{kind}`" in PAGE


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_is_explained(verdict: Verdict) -> None:
    assert f"| `{verdict}` |" in PAGE


def test_the_version_is_the_one_that_is_written() -> None:
    assert f"`{SCHEMA}`" in PAGE
