"""Every answer reaches the customer of its conversation, exactly once."""

from collections.abc import Iterator

from harness.simulation.evidence import grouped
from harness.simulation.findings import Finding, Law, Violation, conclude, counted
from harness.simulation.history import (
    AgentReplied,
    ConversationOpened,
    History,
    RunClosed,
    ThreadRead,
)

ANSWERED = Law("replies", "Every answer reaches its customer exactly once", ("R8", "guide step 9"))


def replies_arrive_once(history: History) -> Finding:
    """Each accepted answer stands once in its customer's final thread and in no other."""
    opened = {event.conversation: event for event in history.of(ConversationOpened)}
    threads = {event.customer: event for event in history.of(ThreadRead)}
    found_in = grouped(
        (reply, thread.customer) for thread in threads.values() for reply, _ in thread.replies
    )
    accepted = [event for event in history.of(AgentReplied) if event.is_accepted]
    is_over = all(closed.drained for closed in history.of(RunClosed))
    unread, late = [], []
    violations = []
    for event in accepted:
        owner = opened[event.conversation].customer if event.conversation in opened else None
        if owner is None or owner not in threads:
            unread.append(event.reply)
        elif event.reply not in found_in and not is_over:
            late.append(event.reply)
        else:
            violations += list(_misdelivery(event, owner, found_in.get(event.reply, []), threads))
    return conclude(
        ANSWERED,
        len(accepted),
        violations,
        doubts=_doubts(history, unread, late),
        notes=_refusals(history),
    )


def _misdelivery(
    event: AgentReplied, owner: str, places: list[str], threads: dict[str, ThreadRead]
) -> Iterator[Violation]:
    own = places.count(owner)
    others = [place for place in places if place != owner]
    if own == 0:
        yield Violation(f"answer {event.reply} never reached {owner}", (event, threads[owner]))
    if own > 1:
        yield Violation(
            f"answer {event.reply} reached {owner} {own} times", (event, threads[owner])
        )
    if others:
        yield Violation(
            f"answer {event.reply} for {owner} reached {others[0]}", (event, threads[others[0]])
        )


def _doubts(history: History, unread: list[str], late: list[str]) -> list[str]:
    doubts = []
    if late:
        doubts.append(
            f"not yet arrived at the end: {counted(len(late), 'answer')}, first {late[0]}"
        )
    if unread:
        doubts.append(
            f"thread not read at the end: {counted(len(unread), 'answer')}, first {unread[0]}"
        )
    if not history.of(RunClosed):
        doubts.append("the history has no end")
    return doubts


def _refusals(history: History) -> list[str]:
    refused = [event for event in history.of(AgentReplied) if not event.is_accepted]
    return [f"refused by the console: {counted(len(refused), 'answer')}"] if refused else []
