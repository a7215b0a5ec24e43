"""From many verdicts to one: counts, verdict by review step, verdict of the run."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reports.record import CaseRecord, ReviewStep, RunRecord
from reports.verdict import Verdict, worst


@dataclass(frozen=True)
class StepSummary:
    """One review step with its cases and the worst of their verdicts."""

    step: ReviewStep
    verdict: Verdict
    counts: dict[str, int]
    duration_s: float
    cases: tuple[CaseRecord, ...]


def counts_of(cases: Iterable[CaseRecord]) -> dict[str, int]:
    """Return how many cases have each verdict, every verdict named."""
    counted = Counter(case.verdict for case in cases)
    return {verdict.value: counted[verdict] for verdict in Verdict}


def verdict_of(cases: Iterable[CaseRecord]) -> Verdict:
    """Return the worst verdict."""
    return worst(case.verdict for case in cases)


def run_verdict(run: RunRecord) -> Verdict:
    """Return the verdict of the run: an interrupted one is an error, whatever passed before."""
    return Verdict.ERROR if run.interrupted else verdict_of(run.cases)


def by_step(run: RunRecord) -> tuple[StepSummary, ...]:
    """Return the review steps that have cases, in the run's order."""
    grouped = (
        (step, tuple(case for case in run.cases if case.step == step.id))
        for step in run.review_steps
    )
    return tuple(
        StepSummary(
            step=step,
            verdict=verdict_of(cases),
            counts=counts_of(cases),
            duration_s=sum(case.duration_s for case in cases),
            cases=cases,
        )
        for step, cases in grouped
        if cases
    )


def sentence(run: RunRecord) -> str:
    """Say the verdict of the run in one sentence."""
    counts = counts_of(run.cases)
    judged = counts["passed"] + counts["failed"]
    sentences = {
        Verdict.PASSED: f"Conformant: all {judged} applicable cases passed.",
        Verdict.FAILED: f"Not conformant: {counts['failed']} of {judged} judged cases failed.",
        Verdict.ERROR: "No verdict: the run met an error that leaves the question open.",
        Verdict.SKIPPED: "No verdict: cases were skipped.",
        Verdict.NOT_APPLICABLE: "No verdict: nothing that was selected applies.",
    }
    return run.interrupted or sentences[run_verdict(run)]
