"""The run second by second, for a chart: who wrote, who answered, who waited."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from harness.simulation.evidence import holdings
from harness.simulation.history import AgentReplied, CustomerSent, History, Observed, SlotsSeen


@dataclass(frozen=True)
class Moment:
    """One second: messages and answers begun in it, conversations open and waiting at its end."""

    second: int
    messages: int
    answers: int
    open: int
    waiting: int


def timeline(history: History) -> tuple[Moment, ...]:
    """Every second from the first message to the last thing a customer or an agent did."""
    sent, replied = history.of(CustomerSent), history.of(AgentReplied)
    if not sent:
        return ()
    start_ms = min(event.at_ms for event in sent)
    acts: list[Observed] = [*sent, *replied, *history.of(SlotsSeen)]
    seconds = int((max(event.at_ms for event in acts) - start_ms) // 1000) + 1
    written, answered = _per_second(sent, start_ms), _per_second(replied, start_ms)
    held = holdings(history)
    queue = _queue_by_second(history.of(SlotsSeen), start_ms)
    moments = []
    waiting = 0
    for second in range(seconds):
        waiting = queue.get(second, waiting)
        end_ms = start_ms + (second + 1) * 1000
        now_open = sum(1 for one in held if one.is_open_at(end_ms))
        moments.append(Moment(second, written[second], answered[second], now_open, waiting))
    return tuple(moments)


def _per_second(events: Iterable[Observed], start_ms: float) -> Counter[int]:
    return Counter(int((event.at_ms - start_ms) // 1000) for event in events)


def _queue_by_second(snapshots: Iterable[SlotsSeen], start_ms: float) -> dict[int, int]:
    """The last length seen within each second."""
    return {int((seen.at_ms - start_ms) // 1000): seen.queue_length for seen in snapshots}
