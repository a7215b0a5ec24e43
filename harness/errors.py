"""The error type names the guilty side; the command line turns it into an exit code.

ConfigError: whoever wrote the configuration. HarnessError: us. TargetError: the console cannot be
judged (dead, unreachable, a broken adapter): verdict error. ConformanceFailure: the console breaks
a requirement: verdict failed. NotApplicable: the console lacks an optional ability.
"""

from collections.abc import Sequence
from typing import NamedTuple


class ConfigError(Exception):
    """A file, variable or option is wrong: exit code 2."""


class HarnessError(Exception):
    """The harness or the emulator could not do its part: exit code 3."""


class TargetError(Exception):
    """The console or its adapter cannot be judged: verdict error."""


class NotApplicable(Exception):  # noqa: N818 - a verdict, not an accident
    """The console or the driver lacks an optional ability; the text says which."""


class Observation(NamedTuple):
    """What was seen, and how many seconds after the waiting began."""

    at_s: float
    what: str


class ConformanceFailure(AssertionError):  # noqa: N818 - a verdict, not an accident
    """The console breaks a requirement: what was required, expected, and seen instead."""

    def __init__(
        self,
        reason: str,
        *,
        expected: str,
        actual: str,
        waited_s: float | None = None,
        history: Sequence[Observation] = (),
        observations: int = 0,
    ) -> None:
        self.reason = reason
        self.expected = expected
        self.actual = actual
        self.waited_s = waited_s
        self.history = tuple(history)
        self.observations = observations or len(self.history)
        super().__init__(self.describe())

    def describe(self, step: str = "", evidence: str = "") -> str:
        """Return the failure as one line; whoever knows step id and evidence path adds them."""
        parts = [
            step,
            self.reason,
            f"expected {self.expected}",
            f"actual {self.actual}",
            "" if self.waited_s is None else self._waiting(),
            evidence,
        ]
        return " · ".join(" ".join(part.split()) for part in parts if part)

    def _waiting(self) -> str:
        plural = "" if self.observations == 1 else "s"
        return f"after {self.waited_s:.1f} s, {self.observations} observation{plural}"
