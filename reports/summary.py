"""From many verdicts to one: counts, verdict by review step, verdict of the run."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reports.record import CaseRecord, ReviewStep, RunRecord
from reports.verdict import Verdict, worst

REVIEW_STEPS = 13
HEADLINES: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.PASSED: "Conformant",
        Verdict.FAILED: "Not conformant",
        Verdict.ERROR: "No verdict",
        Verdict.SKIPPED: "No verdict",
        Verdict.NOT_APPLICABLE: "Nothing to judge",
    }
)


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


def _reach(run: RunRecord) -> str:
    """Say how many of the review's steps were judged at all, and which of the run's were not."""
    if not any(step.id.startswith("step-") for step in run.review_steps):
        return "Only the walkthrough was judged."
    numbered = [step for step in by_step(run) if step.step.id.startswith("step-")]
    judged = [step for step in numbered if step.counts["passed"] + step.counts["failed"]]
    left = ", ".join(step.step.id for step in numbered if step not in judged)
    rest = f"; nothing of {left} applies here" if left else ""
    return f"{len(judged)} of the {REVIEW_STEPS} steps were judged{rest}."


def headline(run: RunRecord) -> str:
    """Say the verdict of the run in two words."""
    return HEADLINES[run_verdict(run)]


def sentence(run: RunRecord) -> str:
    """Give the reason of the verdict in one sentence."""
    counts = counts_of(run.cases)
    judged = counts["passed"] + counts["failed"]
    sentences = {
        Verdict.PASSED: f"All {judged} applicable cases passed. {_reach(run)}",
        Verdict.FAILED: f"{counts['failed']} of {judged} judged cases failed.",
        Verdict.ERROR: "The run met an error that leaves the question open.",
        Verdict.SKIPPED: "Cases were skipped, which leaves the question open.",
        Verdict.NOT_APPLICABLE: "Nothing that was selected applies to this driver and journey.",
    }
    return run.interrupted or sentences[run_verdict(run)]
