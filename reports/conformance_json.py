"""conformance.json: a run record as JSON and back; the schema stands beside as a file."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from reports.record import (
    SCHEMA,
    CaseRecord,
    Evidence,
    Failure,
    ReviewStep,
    RunRecord,
    Seen,
    StepRecord,
)
from reports.summary import by_step, counts_of, run_verdict
from reports.verdict import Verdict

FILE_NAME = "conformance.json"


class UnreadableReport(ValueError):  # noqa: N818 - says what it is
    """A file is not a conformance.json of this schema."""


def to_document(run: RunRecord) -> dict[str, Any]:
    """Return what conformance.json holds."""
    return {
        "schema": SCHEMA,
        "homolog_version": run.homolog_version,
        "target": run.target,
        "driver": run.driver,
        "journey": run.journey,
        "seed": run.seed,
        "started_at": run.started_at,
        "duration_s": run.duration_s,
        "verdict": run_verdict(run).value,
        "counts": counts_of(run.cases),
        "interrupted": run.interrupted,
        "environment": dict(run.environment),
        "steps": [
            {**asdict(one.step), "verdict": one.verdict.value, "counts": one.counts}
            for one in by_step(run)
        ],
        "cases": [_plain(asdict(case)) for case in run.cases],
        "logs": [asdict(log) for log in run.logs],
    }


def write(run: RunRecord, folder: Path) -> Path:
    """Write conformance.json into a folder."""
    path = folder / FILE_NAME
    text = json.dumps(to_document(run), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def read(folder: Path) -> RunRecord:
    """Read conformance.json of a folder; UnreadableReport says what is wrong with it."""
    path = folder / FILE_NAME
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableReport(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UnreadableReport(f"{path}: not JSON: {error}") from error
    found = document.get("schema") if isinstance(document, dict) else None
    if found != SCHEMA:
        raise UnreadableReport(f'{path}: schema: expected "{SCHEMA}", got {json.dumps(found)}')
    try:
        return from_document(document)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableReport(f"{path}: does not follow {SCHEMA}: {error!r}") from error


def from_document(document: Mapping[str, Any]) -> RunRecord:
    """Return the run record that a document of this schema holds."""
    return RunRecord(
        homolog_version=document["homolog_version"],
        target=document["target"],
        driver=document["driver"],
        journey=document["journey"],
        seed=document["seed"],
        started_at=document["started_at"],
        duration_s=document["duration_s"],
        review_steps=tuple(
            ReviewStep(step["id"], step["title"], step["description"]) for step in document["steps"]
        ),
        cases=tuple(_case(case) for case in document["cases"]),
        environment=document["environment"],
        logs=_evidence(document["logs"]),
        interrupted=document["interrupted"],
    )


def schema() -> dict[str, Any]:
    """Return the JSON Schema of conformance.json."""
    text = files("reports").joinpath("conformance.schema.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """Turn tuples and verdicts into what JSON knows."""
    return cast("dict[str, Any]", json.loads(json.dumps(value)))


def _case(data: Mapping[str, Any]) -> CaseRecord:
    return CaseRecord(
        **{
            **data,
            "requirements": tuple(data["requirements"]),
            "tags": tuple(data["tags"]),
            "verdict": Verdict(data["verdict"]),
            "steps": tuple(_step(step) for step in data["steps"]),
            "evidence": _evidence(data["evidence"]),
        }
    )


def _step(data: Mapping[str, Any]) -> StepRecord:
    return StepRecord(
        **{
            **data,
            "verdict": Verdict(data["verdict"]),
            "notes": tuple(data["notes"]),
            "failure": _failure(data["failure"]),
            "evidence": _evidence(data["evidence"]),
        }
    )


def _failure(data: Mapping[str, Any] | None) -> Failure | None:
    if data is None:
        return None
    return Failure(**{**data, "history": tuple(Seen(**seen) for seen in data["history"])})


def _evidence(items: list[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**item) for item in items)
