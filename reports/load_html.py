"""load.html: a judged load run as one self-contained page that asks nobody for anything."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.load_charts import charts
from reports.load_record import LoadRecord, MeasureRow

HEADLINES = {
    "passed": "Conformant under load",
    "failed": "Not conformant under load",
    "unknown": "Not proven under load",
}
SECOND_MS = 1000.0


@dataclass(frozen=True)
class Figure:
    """A duration for people: a number and its unit."""

    number: str
    unit: str


@dataclass(frozen=True)
class Bar:
    """One percentile; `percent` is its share of the row's maximum."""

    name: str
    value: Figure
    percent: float


@dataclass(frozen=True)
class MeasureView:
    """One duration with its bars."""

    row: MeasureRow
    typical: Figure
    bars: tuple[Bar, ...]


def write_load_html(record: LoadRecord, path: Path) -> None:
    """Write load.html."""
    path.write_text(load_page(record), encoding="utf-8")


def load_page(record: LoadRecord) -> str:
    """The page as text."""
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("load.html.j2").render(
        run=record,
        headline=HEADLINES[record.verdict],
        sentence=_sentence(record),
        started=f"{datetime.fromisoformat(record.started_at):%d %B %Y, %H:%M:%S} UTC",
        measures=[_measure(row) for row in record.measures],
        charts=charts(record.timeline, record.open_s),
        lines=_lines,
    )


def figure(value_ms: float | None) -> Figure:
    """Milliseconds below one second, else seconds; three digits are enough."""
    if value_ms is None:
        return Figure("–", "")
    if value_ms >= SECOND_MS:
        return Figure(f"{value_ms / SECOND_MS:.1f}", "s")
    digits = 1 if value_ms < 10 else 0
    return Figure(f"{value_ms:.{digits}f}", "ms")


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural when it is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _sentence(record: LoadRecord) -> str:
    shape, laws = record.shape, len(record.findings)
    played = f"{counted(shape.customers, 'customer')} wrote to {counted(shape.agents, 'agent')}"
    broken = sum(1 for finding in record.findings if finding.verdict == "failed")
    unproven = sum(1 for finding in record.findings if finding.verdict == "unknown")
    if record.verdict == "passed":
        return f"{played}; all {laws} laws hold."
    told = [f"{broken} of {laws} laws broken" if broken else ""]
    told.append(f"{unproven} of {laws} without enough evidence" if unproven else "")
    return f"{played}; {', '.join(part for part in told if part)}."


def _measure(row: MeasureRow) -> MeasureView:
    highest = row.max_ms or 1.0
    values = (("p50", row.p50_ms), ("p95", row.p95_ms), ("p99", row.p99_ms), ("max", row.max_ms))
    return MeasureView(
        row,
        figure(row.p50_ms),
        tuple(
            Bar(name, figure(value), round(100 * (value or 0.0) / highest, 1))
            for name, value in values
        ),
    )


def _lines(context: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(json.dumps(event, ensure_ascii=False) for event in context)
