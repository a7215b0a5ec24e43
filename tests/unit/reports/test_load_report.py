"""load.json follows its schema; load.html tells everything and asks nobody for anything."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from reports.load_charts import charts, nice_top
from reports.load_html import figure, load_page
from reports.load_record import (
    FindingRow,
    LoadCounts,
    LoadRecord,
    LoadShape,
    MeasureRow,
    MomentRow,
    RequestRow,
    ViolationRow,
    load_document,
    write_load_json,
)

SCHEMA_FILE = Path(__file__).resolve().parents[3] / "reports" / "load.schema.json"
BROKEN = FindingRow(
    id="not-lost",
    law="Every message arrives",
    requirements=("R8",),
    verdict="failed",
    examined=12,
    violated=7,
    violations=(ViolationRow("message <b>7</b> was lost", ({"kind": "customer_sent"},)),),
)
RECORD = LoadRecord(
    homolog_version="1",
    target="interact",
    seed=1,
    started_at="2026-11-23T03:00:00+00:00",
    verdict="passed",
    shape=LoadShape(40, 2, 8, 20.0, 45.0),
    open_s=20.0,
    drain_s=3.2,
    counts=LoadCounts(100, 50, 99, 10, 16, 20, 5.0, 0, 1000, 0),
    measures=(MeasureRow("w", "Webhook answer", "Request to 200.", 100, 2.1, 3.4, 9.9, 1200.0),),
    findings=(replace(BROKEN, verdict="passed", violated=0, violations=(), notes=("fine",)),),
    requests=(RequestRow("customer: write", 100, 0, 1, 2, 3, 4),),
    timeline=tuple(MomentRow(second, 5, 4, 16, 3) for second in range(24)),
    files={"history": "history.ndjson"},
)


def test_the_schema_in_the_project_is_that_of_the_record() -> None:
    stored = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))

    assert stored == TypeAdapter(LoadRecord).json_schema()


def test_load_json_is_read_back_as_the_record(tmp_path: Path) -> None:
    write_load_json(RECORD, tmp_path / "load.json")

    read = TypeAdapter(LoadRecord).validate_json((tmp_path / "load.json").read_bytes())

    assert read == RECORD
    assert next(iter(load_document(RECORD).items())) == ("schema", "homolog.load/1")


def test_the_page_says_the_verdict_and_the_figures() -> None:
    page = load_page(RECORD)

    assert "Conformant under load" in page
    assert "40 customers wrote to 2 agents; all 1 laws hold." in page
    assert 'aria-label="Conversations over 24 seconds: with an agent at most 16' in page


def test_a_violation_is_told_with_its_evidence_and_as_text() -> None:
    page = load_page(replace(RECORD, verdict="failed", findings=(BROKEN,)))

    assert "Not conformant under load" in page
    assert "message &lt;b&gt;7&lt;/b&gt; was lost" in page
    assert "customer_sent" in page
    assert "and 6 more" in page


def test_an_unknown_law_is_not_proven() -> None:
    unknown = replace(BROKEN, verdict="unknown", violated=0, violations=())

    page = load_page(replace(RECORD, verdict="unknown", findings=(unknown,)))

    assert "Not proven under load" in page
    assert "1 of 1 without enough evidence" in page


def test_the_page_asks_nobody_for_anything() -> None:
    page = load_page(RECORD)

    assert re.findall(r"(?:src|href)=\"(?!#|history)[^\"]*\"|url\(|@import|<script", page) == []


def test_a_run_in_which_nothing_was_measured_has_a_page() -> None:
    empty = replace(RECORD.measures[0], count=0, p50_ms=None, p95_ms=None, p99_ms=None, max_ms=None)

    assert "–" in load_page(replace(RECORD, measures=(empty,), timeline=(), requests=()))


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, ("–", "")), (2.14, ("2.1", "ms")), (48.6, ("49", "ms")), (1250.0, ("1.2", "s"))],
)
def test_durations_are_written_for_people(value: float | None, words: tuple[str, str]) -> None:
    shown = figure(value)

    assert (shown.number, shown.unit) == words


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (4, 4), (5, 8), (17, 20), (21, 40), (90, 200)]
)
def test_an_axis_ends_at_a_round_number(highest: int, top: int) -> None:
    assert nice_top(highest) == top


def test_a_chart_stays_in_its_frame() -> None:
    chart = charts(RECORD.timeline, RECORD.open_s)[0]
    points = [tuple(map(float, point.split(","))) for point in chart.series[0].points.split()]

    assert min(points) >= (chart.left, chart.top)
    assert max(points) <= (chart.right, chart.bottom)
    assert chart.left < (chart.closing_x or 0) < chart.right


def test_one_second_makes_no_chart() -> None:
    assert charts(RECORD.timeline[:1], 1.0) == ()
