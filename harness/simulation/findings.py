"""What a law says about a history: passed, failed, or unknown, which is never valid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.simulation.history import Observed

MOST_VIOLATIONS_KEPT = 5
MOST_CONTEXT_KEPT = 12


class Verdict(StrEnum):
    """Passed only with evidence."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Law:
    """One promise: `id` for machines, `text` for people, the requirements that it comes from."""

    id: str
    text: str
    requirements: tuple[str, ...]


@dataclass(frozen=True)
class Violation:
    """One case against a law, in one sentence, with the events that prove it."""

    what: str
    context: tuple[Observed, ...] = ()


@dataclass(frozen=True)
class Finding:
    """The verdict of one law; `violations` keeps the first ones, `violated` counts all."""

    law: Law
    verdict: Verdict
    examined: int
    violated: int
    violations: tuple[Violation, ...]
    notes: tuple[str, ...]


def conclude(
    law: Law,
    examined: int,
    violations: Iterable[Violation],
    *,
    doubts: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Finding:
    """Failed by one violation; unknown by one doubt or when nothing was examined; else passed."""
    found = tuple(violations)
    nothing = () if examined else ("nothing was observed that this law speaks of",)
    said = (*nothing, *doubts, *notes)
    if found:
        verdict = Verdict.FAILED
    elif nothing or doubts:
        verdict = Verdict.UNKNOWN
    else:
        verdict = Verdict.PASSED
    kept = tuple(
        Violation(one.what, one.context[:MOST_CONTEXT_KEPT]) for one in found[:MOST_VIOLATIONS_KEPT]
    )
    return Finding(law, verdict, examined, len(found), kept, said)


def worst(findings: Iterable[Finding]) -> Verdict:
    """Failed before unknown before passed; no findings at all are unknown."""
    verdicts = {finding.verdict for finding in findings}
    if Verdict.FAILED in verdicts:
        return Verdict.FAILED
    if verdicts == {Verdict.PASSED}:
        return Verdict.PASSED
    return Verdict.UNKNOWN


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural when it is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
