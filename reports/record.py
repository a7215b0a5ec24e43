"""What ran, as values: the content of conformance.json (docs/report-format.md).

Pure. Durations are seconds, times ISO 8601 in UTC, paths relative to the run's folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.verdict import Verdict

SCHEMA = "homolog.conformance/1"


@dataclass(frozen=True)
class Evidence:
    """One file that shows what happened; `kind` is one of docs/report-format.md's list."""

    kind: str
    path: str
    label: str = ""


@dataclass(frozen=True)
class Seen:
    """One observation while waiting: seconds since the waiting began, and what was seen."""

    at_s: float
    what: str


@dataclass(frozen=True)
class Failure:
    """What was required, expected and seen instead; `waited_s` is None when nobody waited."""

    reason: str
    expected: str
    actual: str
    waited_s: float | None = None
    observations: int = 0
    history: tuple[Seen, ...] = ()


@dataclass(frozen=True)
class StepRecord:
    """One Given, When or Then; `purpose` is "done" for the first two, "expected" for the last."""

    keyword: str
    text: str
    purpose: str
    verdict: Verdict
    duration_s: float
    message: str = ""
    notes: tuple[str, ...] = ()
    failure: Failure | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class CaseRecord:
    """One scenario, or one row of an outline, and how it went."""

    id: str
    step: str
    title: str
    feature: str
    rule: str
    requirements: tuple[str, ...]
    tags: tuple[str, ...]
    verdict: Verdict
    message: str
    started_at: str
    duration_s: float
    steps: tuple[StepRecord, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class ReviewStep:
    """One step of the review: its id, title and description."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class RunRecord:
    """One run: who was reviewed, how, and every case."""

    homolog_version: str
    target: str
    driver: str
    journey: str
    seed: int
    started_at: str
    duration_s: float
    review_steps: tuple[ReviewStep, ...]
    cases: tuple[CaseRecord, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    logs: tuple[Evidence, ...] = ()
    interrupted: str = ""
