"""Records of what is measured: who attended when, and how long things took."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from system_under_test.domain.conversations import Conversation
from system_under_test.domain.measures import Measure
from system_under_test.domain.metrics import Span


class Legs(Protocol):
    """Each agent's part of a conversation (contact-centre R17)."""

    def open(self, conversation: Conversation, now_ms: int) -> None:
        """The agent holds it from now."""

    def begin_wrap_up(self, conversation_id: int, now_ms: int | None) -> None:
        """Its wrap-up begins now; None takes that back."""

    def close(self, conversation_id: int, now_ms: int, outcome: str) -> int | None:
        """The agent holds it no longer; when the wrap-up began, None without one."""

    def within(self, from_ms: int, until_ms: int) -> list[Span]:
        """Who held something when, at least partly in the period; open ones end with it."""

    def count_ended(self, agent_id: int, from_ms: int) -> int:
        """How many conversations that agent has ended since then."""

    def of_conversation(self, conversation_id: int) -> list[dict[str, Any]]:
        """Every leg in order: agent_id, slot, from_ms, wrap_up_from_ms, until_ms, outcome."""

    def last_agent(self, conversation_id: int) -> int | None:
        """Who had the thread's conversation before this one, None when nobody."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One time that was measured; `number` only grows."""

    number: int
    kind: str
    service_id: int
    value_ms: int


class Samples(Protocol):
    """Times that were measured."""

    def within(self, from_ms: int, until_ms: int) -> list[Sample]:
        """Those of a period."""

    def mean_of(self, measure: Measure, agent_id: int, from_ms: int) -> tuple[int, int | None]:
        """How many that agent has of one kind since then, and their mean."""

    def after(self, number: int, limit: int) -> list[Sample]:
        """Those after that number, oldest first."""

    def add(
        self, measure: Measure, at_ms: int, value_ms: int, service_id: int, agent_id: int | None
    ) -> None:
        """Keep one."""


class Spans(Protocol):
    """When agents were there, in which status and with how many positions."""

    def begin(self, agent_id: int, now_ms: int) -> None:
        """The agent has the status and the positions of this moment from now on."""

    def lapsed(self, now_ms: int) -> bool:
        """Whether somebody's span is open who is not there."""

    def close_lapsed(self, now_ms: int) -> None:
        """The spans of those who are not there ended with their lease."""

    def resume(self, keys: Collection[str], now_ms: int) -> None:
        """Whoever has signed in with one of these keys is there again."""

    def within(self, from_ms: int, until_ms: int, statuses: Collection[str]) -> list[Span]:
        """Spans of these statuses, at least partly in the period; open ones end with it."""
