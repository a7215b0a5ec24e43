"""Views over a history that several laws need; each says only what is certain.

Two observers are never compared by a few milliseconds: a conversation is *certainly open* from the
moment an agent saw it until that agent pressed End or saw it end, whichever came first, and a
message is *certainly delivered before* another when the first was acknowledged before the first
attempt to deliver the second began.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from harness.simulation.history import (
    ConversationEnded,
    ConversationOpened,
    CustomerSent,
    EndPressed,
    History,
    WebhookAnswered,
)

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


@dataclass(frozen=True)
class Holding:
    """One conversation in one agent's hands, for the time in which that is certain."""

    opened: ConversationOpened
    let_go_ms: float

    @property
    def from_ms(self) -> float:
        """When the agent saw it open."""
        return self.opened.at_ms

    def is_open_at(self, at_ms: float) -> bool:
        """Certainly open then."""
        return self.from_ms <= at_ms < self.let_go_ms


@dataclass(frozen=True)
class Delivery:
    """Every attempt to hand one message to the console."""

    attempts: tuple[WebhookAnswered, ...]

    @property
    def began_ms(self) -> float:
        """Before this the console cannot know the message."""
        return min(attempt.at_ms for attempt in self.attempts)

    @property
    def acknowledged(self) -> WebhookAnswered | None:
        """The first attempt that was answered 200."""
        good = [attempt for attempt in self.attempts if attempt.is_acknowledged]
        return min(good, key=lambda attempt: attempt.answered_ms, default=None)

    def is_before(self, other: "Delivery") -> bool:
        """Acknowledged before anybody began to deliver the other."""
        mine = self.acknowledged
        return mine is not None and mine.answered_ms < other.began_ms


def deliveries(history: History) -> dict[str, Delivery]:
    """Every message that was delivered or tried, by mid."""
    attempts: dict[str, list[WebhookAnswered]] = {}
    for answer in history.of(WebhookAnswered):
        for mid in answer.mids:
            attempts.setdefault(mid, []).append(answer)
    return {mid: Delivery(tuple(tried)) for mid, tried in attempts.items()}


def holdings(history: History) -> tuple[Holding, ...]:
    """Every conversation that an agent saw open, in the order in which they were seen."""
    let_go: dict[tuple[str, str], float] = {}
    ends: list[EndPressed | ConversationEnded] = [*history.of(EndPressed)]
    ends += history.of(ConversationEnded)
    for event in ends:
        key = (event.agent, event.conversation)
        let_go[key] = min(event.at_ms, let_go.get(key, math.inf))
    first_seen: dict[tuple[str, str], ConversationOpened] = {}
    for opened in history.of(ConversationOpened):
        first_seen.setdefault((opened.agent, opened.conversation), opened)
    return tuple(Holding(opened, let_go.get(key, math.inf)) for key, opened in first_seen.items())


def most_at_once(held: Iterable[Holding]) -> int:
    """The highest number of conversations that were certainly open at one time."""
    known = tuple(held)
    changes = [(one.from_ms, 1) for one in known] + [(one.let_go_ms, -1) for one in known]
    level = highest = 0
    for _, change in sorted(changes):
        level += change
        highest = max(highest, level)
    return highest


def grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    """Items by key, in their order."""
    groups: dict[Key, list[Item]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return groups


def repeated(words: Iterable[str]) -> Mapping[str, int]:
    """The words that occur more than once, and how often."""
    return {word: count for word, count in Counter(words).items() if count > 1}


class Names:
    """Messages by the names that people understand: whose, and the how-manieth."""

    def __init__(self, history: History) -> None:
        self._sent = {event.mid: event for event in history.of(CustomerSent)}

    def of(self, mid: str | None) -> str:
        """`message 2 of maria.dias`; the end of its mid when nobody is known to have sent it."""
        sent = self._sent.get(mid or "")
        if sent is None:
            return f"message …{(mid or '?')[-12:]}"
        return f"message {sent.order} of {sent.customer}"
