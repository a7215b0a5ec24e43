"""How long things took, from the history: nearest-rank percentiles in milliseconds."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from harness.simulation.evidence import deliveries, holdings
from harness.simulation.history import (
    AgentReplied,
    AgentSaw,
    ConversationOpened,
    CustomerSent,
    History,
    ThreadRead,
    WebhookAnswered,
)


@dataclass(frozen=True)
class Measure:
    """One duration as a distribution; all None when nothing was measured."""

    id: str
    title: str
    meaning: str
    count: int
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    max_ms: float | None


def percentile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that at least `share` (0 to 1) of the sorted values do not exceed."""
    if not ordered:
        return None
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def webhook_answer(history: History) -> list[float]:
    """Request to 200, each acknowledged delivery."""
    return [answer.duration_ms for answer in history.of(WebhookAnswered) if answer.is_acknowledged]


def message_to_stream(history: History) -> list[float]:
    """Customer's Send to the agent's stream, for conversations that an agent already held."""
    sent = {event.mid: event.at_ms for event in history.of(CustomerSent)}
    opened = {(one.opened.agent, one.opened.conversation): one.from_ms for one in holdings(history)}
    return [
        event.at_ms - sent[event.mid]
        for event in _first_sights(history)
        if event.mid in sent
        and opened.get((event.agent, event.conversation), math.inf) < sent[event.mid]
    ]


def queue_wait(history: History) -> list[float]:
    """Acknowledged first message to its conversation on an agent's stream."""
    delivered = deliveries(history)
    first_mid: dict[str, str] = {}
    for event in history.of(AgentSaw):
        if event.mid is not None:
            first_mid.setdefault(event.conversation, event.mid)
    waits = []
    for opened in history.of(ConversationOpened):
        delivery = delivered.get(first_mid.get(opened.conversation, ""))
        if delivery is not None and delivery.acknowledged is not None:
            waits.append(max(0.0, opened.at_ms - delivery.acknowledged.answered_ms))
    return waits


def reply_to_customer(history: History) -> list[float]:
    """Agent's Send to the moment at which Instagram put the answer into the customer's thread."""
    pressed = {event.reply: event.at_ms for event in history.of(AgentReplied)}
    return [
        max(0.0, landed_ms - pressed[reply])
        for thread in history.of(ThreadRead)
        for reply, landed_ms in thread.replies
        if reply in pressed
    ]


_MEASURES: tuple[tuple[str, str, Callable[[History], list[float]]], ...] = (
    ("webhook_answer", "Webhook answer", webhook_answer),
    ("message_to_stream", "Message → agent", message_to_stream),
    ("reply_to_customer", "Reply → customer", reply_to_customer),
    ("queue_wait", "Wait in the queue", queue_wait),
)


def measures(history: History) -> tuple[Measure, ...]:
    """All durations of the report."""
    return tuple(
        _distribution(name, title, (take.__doc__ or "").strip(), take(history))
        for name, title, take in _MEASURES
    )


def _distribution(name: str, title: str, meaning: str, values: Iterable[float]) -> Measure:
    ordered = sorted(values)
    p50, p95, p99 = (percentile(ordered, share) for share in (0.5, 0.95, 0.99))
    return Measure(
        name, title, meaning, len(ordered), p50, p95, p99, ordered[-1] if ordered else None
    )


def _first_sights(history: History) -> list[AgentSaw]:
    firsts: dict[str, AgentSaw] = {}
    for event in history.of(AgentSaw):
        if event.mid is not None:
            firsts.setdefault(event.mid, event)
    return list(firsts.values())
