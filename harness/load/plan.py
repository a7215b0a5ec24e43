"""What a load run is to do: how many, how long, how fast; a seed makes the wishes repeatable."""

from dataclasses import dataclass, field
from random import Random

Span = tuple[float, float]
Count = tuple[int, int]


@dataclass(frozen=True)
class Pace:
    """How people behave; spans are seconds, each draw is uniform between both ends."""

    arrivals_share: float = 0.25  # customers arrive within this share of the duration
    messages: Count = (1, 3)  # of one episode
    think_s: Span = (0.3, 1.0)  # a customer between an answer and the next message
    return_s: Span = (2.0, 8.0)  # a customer before coming back, as long as the floor is open
    patience_s: float = 12.0  # a customer without an answer, before writing on
    write_s: Span = (0.05, 0.2)  # an agent at one answer
    exchanges: Count = (1, 3)  # answers before the agent presses End
    idle_s: float = 1.5  # a silent conversation before the agent presses End
    snapshot_s: float = 1.0  # between two looks at an agent's positions


@dataclass(frozen=True)
class Plan:
    """One run; `drain_s` bounds the time after it in which agents work off what is left."""

    customers: int
    agents: int
    duration_s: float
    drain_s: float
    seed: int
    positions: int = 8
    setup_s: float = 45.0
    settle_s: float = 6.0  # a floor without work and news for so long waits for nothing
    closing_s: float = 60.0
    pace: Pace = field(default_factory=Pace)

    @property
    def longest_s(self) -> float:
        """A run that takes longer is broken off."""
        return self.setup_s + self.duration_s + self.drain_s + self.closing_s


class Person:
    """The draws of one customer or agent, independent of everybody else's."""

    def __init__(self, seed: int, name: str) -> None:
        self._random = Random(f"{seed}/{name}")  # noqa: S311 - behaviour, not secrets

    def seconds(self, span: Span) -> float:
        """A duration within the span."""
        return self._random.uniform(*span)

    def count(self, span: Count) -> int:
        """A whole number within the span, both ends included."""
        return self._random.randint(*span)

    def share(self) -> float:
        """A number from 0 to 1."""
        return self._random.random()

    def one_of(self, words: tuple[str, ...]) -> str:
        """One of the words."""
        return self._random.choice(words)
