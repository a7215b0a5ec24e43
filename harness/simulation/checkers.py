"""The laws of a floor under load, each judged over the whole history; pure.

A checker takes a History and returns a Finding. It fails only on what is certain (see
`evidence`), and what it cannot know makes it unknown, never passed.
"""

import math
from collections.abc import Callable, Iterator
from itertools import combinations

from harness.simulation.evidence import (
    Holding,
    Names,
    deliveries,
    grouped,
    holdings,
    most_at_once,
    repeated,
)
from harness.simulation.findings import Finding, Law, Violation, conclude, counted
from harness.simulation.history import (
    AgentSaw,
    ConversationOpened,
    ConversationRead,
    CustomerSent,
    History,
    JournalGap,
    RunClosed,
    RunStarted,
    SlotsSeen,
    WebhookWithheld,
)
from harness.simulation.queue_order import queue_is_fair
from harness.simulation.replies import replies_arrive_once

Checker = Callable[[History], Finding]

TAKEN = Law("taken", "Every message is answered 200 by the webhook", ("meta-contract §2.6",))
NOT_LOST = Law("not-lost", "Every acknowledged message reaches an agent's stream", ("R8", "R13"))
NOT_DOUBLED = Law("not-doubled", "No message appears twice", ("meta-contract §2.6",))
IN_ORDER = Law("in-order", "Messages of a thread appear in the order of their delivery", ("R4",))
RIGHT_THREAD = Law("right-thread", "A message appears only in its own customer's conversation", ())
EIGHT = Law("slots", "Never more conversations than positions, never two in one", ("R3", "R7"))
ONE_OPEN = Law("one-open", "A thread has one open conversation at a time", ("R10", "R14"))


def messages_are_taken(history: History) -> Finding:
    """Each message sent was delivered and answered 200."""
    delivered = deliveries(history)
    withheld = {mid for event in history.of(WebhookWithheld) for mid in event.mids}
    sent, names = history.of(CustomerSent), Names(history)
    untold = [event.mid for event in sent if event.mid not in delivered]
    violations = (
        Violation(
            f"{names.of(event.mid)} was never answered 200",
            (event, *delivered[event.mid].attempts),
        )
        for event in sent
        if event.mid in delivered and delivered[event.mid].acknowledged is None
    )
    doubts = []
    if untold:
        silent = len(withheld.intersection(untold))
        doubts.append(
            f"{counted(len(untold), 'message')} without a delivery in the emulator's journal "
            f"({silent} withheld on purpose), first {names.of(untold[0])}"
        )
    retried = sum(1 for delivery in delivered.values() if len(delivery.attempts) > 1)
    notes = [f"delivered more than once: {counted(retried, 'message')}"] if retried else []
    return conclude(TAKEN, len(sent), violations, doubts=doubts + _gaps(history), notes=notes)


def nothing_is_lost(history: History) -> Finding:
    """Each acknowledged message was seen by an agent; whoever may still be queued is a doubt."""
    seen = {event.mid for event in history.of(AgentSaw)}
    sent = {event.mid: event for event in history.of(CustomerSent)}
    taken = {mid: one for mid, one in deliveries(history).items() if one.acknowledged}
    missing = [mid for mid in taken if mid in sent and mid not in seen]
    waiting, names = _may_still_wait(history), Names(history)
    violations = (
        Violation(
            f"{names.of(mid)} was acknowledged and no agent ever saw it",
            (sent[mid], *taken[mid].attempts),
        )
        for mid in missing
        if waiting is None
    )
    doubts = (
        [f"never seen: {counted(len(missing), 'message')}; {waiting}"]
        if missing and waiting
        else []
    )
    examined = sum(1 for mid in taken if mid in sent)
    return conclude(NOT_LOST, examined, violations, doubts=doubts + _gaps(history))


def nothing_is_doubled(history: History) -> Finding:
    """A mid is one message, in one conversation, with one agent, and once in what is kept."""
    names = Names(history)
    by_mid = grouped((event.mid, event) for event in history.of(AgentSaw) if event.mid)
    kept = grouped((mid, read) for read in history.of(ConversationRead) for mid in read.mids)

    def found() -> Iterator[Violation]:
        for mid, seen in by_mid.items():
            places = sorted({(one.agent, one.conversation, one.message) for one in seen})
            if len(places) > 1:
                told = "; ".join(f"{a} in conversation {c} as {m}" for a, c, m in places)
                yield Violation(
                    f"{names.of(mid)} appeared {len(places)} times: {told}", tuple(seen)
                )
        for mid, reads in kept.items():
            if len({read.conversation for read in reads}) > 1:
                yield Violation(f"{names.of(mid)} is kept in several conversations", tuple(reads))
        for read in history.of(ConversationRead):
            for mid, count in repeated(read.mids).items():
                yield Violation(
                    f"conversation {read.conversation} keeps {names.of(mid)} {count} times", (read,)
                )

    return conclude(NOT_DOUBLED, len(by_mid), found())


def threads_keep_order(history: History) -> Finding:
    """Within a conversation, what was written and certainly delivered first was seen first."""
    delivered, names = deliveries(history), Names(history)
    written = {event.mid: event.order for event in history.of(CustomerSent)}

    def came_first(one: str, other: str) -> bool:
        in_order = written.get(one, 0) <= written.get(other, math.inf)
        return in_order and delivered[one].is_before(delivered[other])

    seen = grouped(
        (event.conversation, event) for event in history.of(AgentSaw) if event.mid in delivered
    )
    violations = (
        Violation(
            f"conversation {conversation} showed {names.of(earlier.mid)} before "
            f"{names.of(later.mid)}, "
            "which was delivered first",
            (earlier, later),
        )
        for conversation, events in seen.items()
        for earlier, later in combinations(_firsts(events), 2)
        if came_first(later.mid or "", earlier.mid or "")
    )
    return conclude(IN_ORDER, sum(len(_firsts(events)) for events in seen.values()), violations)


def messages_stay_in_their_thread(history: History) -> Finding:
    """The writer of a message is the customer of the conversation in which an agent saw it."""
    names = Names(history)
    writers = {event.mid: event for event in history.of(CustomerSent)}
    opened = {event.conversation: event for event in history.of(ConversationOpened)}
    known = [
        (event, writers[event.mid], opened[event.conversation])
        for event in history.of(AgentSaw)
        if event.mid in writers and event.conversation in opened
    ]
    violations = (
        Violation(
            f"{names.of(seen.mid)} appeared in a conversation with "
            f"{conversation.customer or 'somebody unknown'}",
            (sent, conversation, seen),
        )
        for seen, sent, conversation in known
        if conversation.customer != sent.customer
    )
    return conclude(RIGHT_THREAD, len(known), violations)


def slots_hold(history: History) -> Finding:
    """No agent holds more than the positions, no position two conversations, at any moment."""
    positions = max((event.positions for event in history.of(RunStarted)), default=0)
    by_agent = grouped((one.opened.agent, one) for one in holdings(history))

    def found() -> Iterator[Violation]:
        for agent, held in by_agent.items():
            for one in held:
                open_then = [other for other in held if other.is_open_at(one.from_ms)]
                yield from _overfull(agent, one, open_then, positions)
        for snapshot in history.of(SlotsSeen):
            yield from _impossible_slots(snapshot, positions)

    doubts = () if positions else ("the history does not say how many positions an agent has",)
    peaks = {agent: most_at_once(held) for agent, held in by_agent.items()}
    notes = [f"most at once: {max(peaks.values())} of {positions}"] if peaks else []
    examined = sum(len(held) for held in by_agent.values())
    return conclude(EIGHT, examined, found(), doubts=doubts, notes=notes)


def threads_have_one_conversation(history: History) -> Finding:
    """Two conversations with one customer were never certainly open together."""
    by_customer = grouped(
        (one.opened.customer, one) for one in holdings(history) if one.opened.customer
    )
    violations = (
        Violation(
            f"{customer} had conversations {first.opened.conversation} and "
            f"{second.opened.conversation} open at the same time",
            (first.opened, second.opened),
        )
        for customer, held in by_customer.items()
        for first, second in combinations(held, 2)
        if first.opened.conversation != second.opened.conversation
        and (first.is_open_at(second.from_ms) or second.is_open_at(first.from_ms))
    )
    again = sum(1 for held in by_customer.values() if len(held) > 1)
    notes = [f"came back and got a new conversation: {counted(again, 'customer')}"] if again else []
    examined = sum(len(held) for held in by_customer.values())
    return conclude(ONE_OPEN, examined, violations, notes=notes)


CHECKERS: tuple[Checker, ...] = (
    messages_are_taken,
    nothing_is_lost,
    nothing_is_doubled,
    threads_keep_order,
    messages_stay_in_their_thread,
    slots_hold,
    queue_is_fair,
    threads_have_one_conversation,
    replies_arrive_once,
)


def judge(history: History) -> tuple[Finding, ...]:
    """Every law over this history."""
    return tuple(checker(history) for checker in CHECKERS)


def _gaps(history: History) -> list[str]:
    missing = sum(gap.missing for gap in history.of(JournalGap))
    return [f"lost from the emulator's journal: {missing} of its entries"] if missing else []


def _may_still_wait(history: History) -> str | None:
    """Why an unseen message may only be late; None when everything had its time."""
    closed = history.of(RunClosed)
    if not closed:
        return "the history has no end"
    return (
        None if closed[-1].drained else f"the run ended before the queue did: {closed[-1].reason}"
    )


def _firsts(events: list[AgentSaw]) -> list[AgentSaw]:
    """The first time each message was seen."""
    return list({event.mid: event for event in reversed(events)}.values())[::-1]


def _overfull(
    agent: str, newest: Holding, open_then: list[Holding], positions: int
) -> Iterator[Violation]:
    context = tuple(one.opened for one in open_then)
    if len(open_then) > positions > 0:
        yield Violation(f"{agent} held {len(open_then)} conversations at once", context)
    number = newest.opened.slot
    same = [one.opened for one in open_then if number is not None and one.opened.slot == number]
    if len(same) > 1:
        yield Violation(f"position {number} of {agent} held {len(same)} conversations", tuple(same))


def _impossible_slots(snapshot: SlotsSeen, positions: int) -> Iterator[Violation]:
    numbers = [number for number, _ in snapshot.slots]
    people = [conversation for _, conversation in snapshot.slots]
    beyond = [number for number in numbers if not 1 <= number <= positions]
    if positions and beyond:
        yield Violation(f"{snapshot.agent} used positions {beyond} of {positions}", (snapshot,))
    if len(set(numbers)) < len(numbers) or len(set(people)) < len(people):
        yield Violation(f"{snapshot.agent} has a position or conversation twice", (snapshot,))
