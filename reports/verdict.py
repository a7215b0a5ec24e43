"""The five verdicts, which of two is worse, and what the run's verdict means for the exit code."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Verdict(StrEnum):
    """What is said about a step, a case, a review step, a run."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """The verdict as it stands in texts."""
        return self.value.replace("_", " ")


# An error outranks a failure: the question is open, and nobody should read the rest as an answer.
WORST_FIRST = (
    Verdict.ERROR,
    Verdict.FAILED,
    Verdict.SKIPPED,
    Verdict.PASSED,
    Verdict.NOT_APPLICABLE,
)

# Nothing applicable is a question badly put (2), a skipped case an answer not given (3).
EXIT_CODES: Mapping[Verdict, int] = MappingProxyType(
    {
        Verdict.PASSED: 0,
        Verdict.FAILED: 1,
        Verdict.NOT_APPLICABLE: 2,
        Verdict.SKIPPED: 3,
        Verdict.ERROR: 3,
    }
)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of them; of none, not_applicable."""
    return min(verdicts, key=WORST_FIRST.index, default=Verdict.NOT_APPLICABLE)
