"""Whoever waits longest is served first (R4, R5), judged by the console's routing log (R18)."""

from collections.abc import Iterator

from harness.simulation.evidence import grouped
from harness.simulation.findings import Finding, Law, Violation, conclude, counted
from harness.simulation.history import ConversationOpened, History, Routed

FIFO = Law("fifo", "No assignment overtakes a conversation that waits longer", ("R4", "R5"))


def queue_is_fair(history: History) -> Finding:
    """Assignments follow the queue, and the log tells of every conversation that agents saw."""
    log = sorted(history.of(Routed), key=lambda line: line.seq)
    assigned = [line for line in log if line.decision == "assigned"]
    by_service = grouped((line.service, line) for line in log)
    jumps = [jump for lines in by_service.values() for jump in _jumps(lines)]
    contradictions = list(_contradictions(history, assigned))
    logged = {line.conversation for line in assigned}
    silent = [
        event.conversation
        for event in history.of(ConversationOpened)
        if event.conversation not in logged
    ]
    doubts = []
    if silent:
        doubts.append(
            f"not in the routing log: {counted(len(set(silent)), 'conversation')}, "
            f"first {silent[0]}"
        )
    waited = len({line.conversation for line in log if line.decision == "queued"})
    notes = (
        [f"had to wait: {counted(waited, 'conversation')}"] if waited else ["nobody had to wait"]
    )
    violations = [*jumps, *contradictions]
    return conclude(FIFO, len(assigned), violations, doubts=doubts, notes=notes)


def _jumps(lines: list[Routed]) -> Iterator[Violation]:
    waiting: dict[str, Routed] = {}
    for line in lines:
        if line.conversation is None:
            continue
        if line.decision == "queued":
            waiting.setdefault(line.conversation, line)
        elif line.decision == "assigned":
            yield from _overtaken(line, waiting)
            waiting.pop(line.conversation, None)
        elif line.decision == "released":
            waiting.pop(line.conversation, None)


def _overtaken(line: Routed, waiting: dict[str, Routed]) -> Iterator[Violation]:
    first = next(iter(waiting.values()), None)
    if first is not None and first.conversation != line.conversation:
        yield Violation(
            f"conversation {line.conversation} was assigned while {first.conversation} "
            "had been waiting longer",
            (
                first,
                *([waiting[line.conversation or ""]] if line.conversation in waiting else []),
                line,
            ),
        )


def _contradictions(history: History, assigned: list[Routed]) -> Iterator[Violation]:
    by_conversation = grouped((line.conversation, line) for line in assigned)
    for event in history.of(ConversationOpened):
        lines = by_conversation.get(event.conversation, [])
        if lines and not any(_agree(line, event) for line in lines):
            told = ", ".join(f"position {line.slot} of {line.agent}" for line in lines)
            yield Violation(
                f"{event.agent} saw conversation {event.conversation} in position {event.slot}, "
                f"the routing log says {told}",
                (event, *lines),
            )


def _agree(line: Routed, seen: ConversationOpened) -> bool:
    """A log that leaves agent or position out contradicts nobody."""
    return line.agent in (None, seen.agent) and line.slot in (None, seen.slot)
