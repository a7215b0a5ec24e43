"""What a load run showed, as values: the content of load.json (docs/load-report.md).

Pure. Durations of measures are milliseconds, others seconds; times ISO 8601 in UTC; paths are
relative to the run's folder.
"""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SCHEMA = "homolog.load/1"


@dataclass(frozen=True)
class LoadShape:
    """What was asked for."""

    customers: int
    agents: int
    positions: int
    duration_s: float
    drain_limit_s: float


@dataclass(frozen=True)
class LoadCounts:
    """What happened, in numbers."""

    messages: int
    conversations: int
    answers: int
    returning_customers: int
    most_open: int
    most_waiting: int
    messages_per_s: float
    broken_streams: int
    requests: int
    failed_requests: int


@dataclass(frozen=True)
class MeasureRow:
    """One duration as a distribution, in milliseconds; None when nothing was measured."""

    id: str
    title: str
    meaning: str
    count: int
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    max_ms: float | None


@dataclass(frozen=True)
class ViolationRow:
    """One case against a law, and the lines of the history that prove it."""

    what: str
    context: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class FindingRow:
    """One law and its verdict: passed, failed, unknown."""

    id: str
    law: str
    requirements: tuple[str, ...]
    verdict: str
    examined: int
    violated: int
    violations: tuple[ViolationRow, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RequestRow:
    """One kind of request as the load generator counted it."""

    name: str
    count: int
    failures: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float


@dataclass(frozen=True)
class MomentRow:
    """One second of the run."""

    second: int
    messages: int
    answers: int
    open: int
    waiting: int


@dataclass(frozen=True)
class LoadRecord:
    """A judged load run."""

    homolog_version: str
    target: str
    seed: int
    started_at: str
    verdict: str
    shape: LoadShape
    open_s: float
    drain_s: float
    counts: LoadCounts
    measures: tuple[MeasureRow, ...]
    findings: tuple[FindingRow, ...]
    requests: tuple[RequestRow, ...] = ()
    timeline: tuple[MomentRow, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    schema: str = SCHEMA


def load_document(record: LoadRecord) -> dict[str, Any]:
    """The record as JSON values, `schema` first."""
    values = dataclasses.asdict(record)
    return {"schema": values.pop("schema"), **values}


def write_load_json(record: LoadRecord, path: Path) -> None:
    """Write load.json."""
    text = json.dumps(load_document(record), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
