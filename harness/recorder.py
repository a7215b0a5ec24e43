"""From what ran to `reports.record` values: one case at a time, its steps in order."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.catalogue import Case
from harness.clock import Clock
from harness.errors import (
    ConfigError,
    ConformanceFailure,
    HarnessError,
    NotApplicable,
    TargetError,
)
from harness.evidence import Evidence
from reports.record import CaseRecord, Failure, Seen, StepRecord
from reports.record import Evidence as Item
from reports.verdict import Verdict, worst

LONGEST_MESSAGE = 600
Tell = Callable[[CaseRecord], None]
EXPLAINED = (HarnessError, TargetError, ConfigError)


@dataclass(frozen=True)
class PlannedStep:
    """A step as the feature has it, before it runs."""

    keyword: str
    text: str
    purpose: str


@dataclass
class _Running:
    """The case that runs at present."""

    case: Case
    evidence: Evidence
    started_at: str
    started: float
    planned: Sequence[PlannedStep] = ()
    steps: list[StepRecord] = field(default_factory=list)
    step_started: float = 0.0
    verdict: Verdict = Verdict.PASSED
    message: str = ""


class Recorder:
    """Keeps the records of a run."""

    def __init__(self, run_folder: Path, clock: Clock) -> None:
        self._run_folder = run_folder
        self._clock = clock
        self._running: _Running | None = None
        self.cases: list[CaseRecord] = []

    @property
    def evidence(self) -> Evidence:
        """The evidence of the case that runs."""
        return self._now().evidence

    def begin(self, case: Case) -> None:
        """Open a case."""
        self._running = _Running(
            case=case,
            evidence=Evidence(self._run_folder, case.id),
            started_at=self._clock.now().isoformat(timespec="milliseconds"),
            started=self._clock.monotonic(),
        )

    def plan(self, steps: Sequence[PlannedStep]) -> None:
        """Say which steps the case has."""
        self._now().planned = tuple(steps)

    def open_step(self) -> None:
        """Start the clock of the next step."""
        self._now().step_started = self._clock.monotonic()

    def close_step(self, error: BaseException | None = None) -> tuple[Item, ...]:
        """Record the step that ran, with what it left behind; return its evidence."""
        running = self._now()
        self._picture(error)
        if error is not None and not isinstance(error, (*EXPLAINED, ConformanceFailure)):
            self._keep_traceback(error)
        planned = running.planned[len(running.steps)]
        seen = running.evidence.seen if error is None and planned.purpose == "expected" else ""
        notes, items = running.evidence.collect()
        running.steps.append(
            StepRecord(
                keyword=planned.keyword,
                text=planned.text,
                purpose=planned.purpose,
                verdict=verdict_of(error),
                duration_s=round(self._clock.monotonic() - running.step_started, 3),
                message="" if error is None else explanation(error),
                notes=(f"Actual: {seen}", *notes) if seen else notes,
                failure=_failure(error),
                evidence=items,
            )
        )
        return items

    def judge(self, error: BaseException) -> str:
        """Let an error of the case count, the worst one speaks; return the case's message."""
        running = self._now()
        verdict = verdict_of(error)
        if worst((verdict, running.verdict)) is verdict or not running.message:
            running.message = self._message(error)
        running.verdict = (
            verdict if running.verdict is Verdict.PASSED else worst((verdict, running.verdict))
        )
        return running.message

    def set_aside(self, verdict: Verdict, reason: str) -> None:
        """Give a case that is not run its verdict."""
        running = self._now()
        running.verdict, running.message = verdict, reason

    def revise_last_step(self, error: BaseException) -> None:
        """Correct the last step: it failed because a server had died."""
        steps = self._now().steps
        if steps:
            steps[-1] = replace(
                steps[-1], verdict=verdict_of(error), message=explanation(error), failure=None
            )

    def finish(self) -> CaseRecord:
        """Close the case; steps that did not run are recorded as skipped."""
        running = self._now()
        case = running.case
        rest = running.planned[len(running.steps) :]
        skipped = [
            StepRecord(step.keyword, step.text, step.purpose, Verdict.SKIPPED, 0.0) for step in rest
        ]
        notes, items = running.evidence.collect()
        record = CaseRecord(
            id=case.id,
            step=case.step,
            title=case.title,
            feature=case.feature,
            rule=case.rule,
            requirements=case.requirements,
            tags=case.tags,
            verdict=running.verdict,
            message=running.message or " ".join(notes),
            started_at=running.started_at,
            duration_s=round(self._clock.monotonic() - running.started, 3),
            steps=(*running.steps, *skipped),
            evidence=items,
        )
        self.cases.append(record)
        self._running = None
        return record

    def skip_rest(self, cases: Sequence[Case], reason: str) -> None:
        """Record as skipped the case that was interrupted, and those that never ran."""
        if self._running is not None:
            self.set_aside(Verdict.SKIPPED, reason)
            self.finish()
        recorded = {record.id for record in self.cases}
        for case in cases:
            if case.id not in recorded:
                self.begin(case)
                self.set_aside(Verdict.SKIPPED, reason)
                self.finish()

    def _now(self) -> _Running:
        assert self._running is not None, "no case is running"
        return self._running

    def _picture(self, error: BaseException | None) -> None:
        evidence = self._now().evidence
        if error is None:
            evidence.take_pictures()
            return
        try:
            evidence.take_pictures()
        except EXPLAINED as trouble:  # the step's own error must stay the one that is told
            evidence.note(f"No picture of the failure: {trouble}")

    def _keep_traceback(self, error: BaseException) -> None:
        if not isinstance(error, NotApplicable):
            text = "".join(traceback.format_exception(error))
            self._now().evidence.attach("text", "traceback", text)

    def _message(self, error: BaseException) -> str:
        running = self._now()
        if isinstance(error, ConformanceFailure):
            return error.describe(running.case.step, _shortest(running.evidence.folder))
        if isinstance(error, NotApplicable):
            return str(error)
        return f"{running.case.step} · {explanation(error)}"


def verdict_of(error: BaseException | None) -> Verdict:
    """Return what an error says about the case: only ConformanceFailure blames the console."""
    if error is None:
        return Verdict.PASSED
    if isinstance(error, ConformanceFailure):
        return Verdict.FAILED
    if isinstance(error, NotApplicable):
        return Verdict.NOT_APPLICABLE
    return Verdict.ERROR


def explanation(error: BaseException) -> str:
    """Return an error in words; an unforeseen one with its type."""
    if isinstance(error, (*EXPLAINED, NotApplicable, ConformanceFailure)):
        return _one_line(str(error))
    return _one_line(f"{type(error).__name__}: {error}")


def _failure(error: BaseException | None) -> Failure | None:
    if not isinstance(error, ConformanceFailure):
        return None
    return Failure(
        reason=error.reason,
        expected=error.expected,
        actual=error.actual,
        waited_s=None if error.waited_s is None else round(error.waited_s, 3),
        observations=error.observations,
        history=tuple(Seen(seen.at_s, seen.what) for seen in error.history),
    )


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_MESSAGE else f"{line[:LONGEST_MESSAGE]}…"


def _shortest(path: Path) -> str:
    """Return a path as short as it can be written from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
