"""What must be true of the database at any time, judged from its rows alone.

A database that was written to while processes were killed must still keep every law. What only
Meta knows (was every acknowledged message stored, did a reply arrive) is judged by whoever can ask
Meta; the book says what the console has. Times are not used: clocks jump, row numbers do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from system_under_test.domain.conversations import ENDED, HELD, QUEUED

# Moves of the routing log after which the conversation holds its position as before.
_STAYS = ("accepted_by_hand", "wrap_up_begins", "customer_wrote_in_wrap_up")
_WAS_MOVED = "transferred"  # by a person, whose order is not the queue's
_SETTLED = {"sent": "sent", "failed": "failed", "lost": "failed"}


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation as its row stands."""

    id: int
    customer_id: int
    service_id: int
    state: str
    agent_id: int | None
    slot: int | None
    queued_seq: int
    priority: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as its row stands, in the order in which it is shown; `key` is a reply's."""

    id: int
    conversation_id: int
    channel_id: int
    igsid: str
    mid: str | None
    direction: str
    state: str
    reason: str | None
    text: str
    author: str | None
    deleted: bool
    key: str | None
    letter_state: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """An entry of the routing log; `seated` when the policy gave a position."""

    id: int
    service_id: int
    conversation_id: int
    agent_id: int | None
    slot: int | None
    reason: str
    seated: bool


@dataclass(frozen=True, slots=True)
class Book:
    """Everything the audit reads."""

    positions: Mapping[int, frozenset[int]] = field(default_factory=dict)
    conversations: tuple[Held, ...] = ()
    bubbles: tuple[Bubble, ...] = ()
    moves: tuple[Move, ...] = ()
    deliveries: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Violation:
    """A law that is broken, and by what."""

    law: str
    what: str


Law = Callable[[Book], Iterator[str]]


def audit(book: Book) -> list[Violation]:
    """Every breach of every law."""
    return [Violation(name, what) for name, law in LAWS.items() for what in law(book)]


def counts(book: Book) -> dict[str, int]:
    """How much was looked at: without it no violations would mean nothing."""
    directions = Counter(one.direction for one in book.bubbles)
    letters = Counter(one.letter_state for one in book.bubbles if one.letter_state)
    return {
        "deliveries": sum(book.deliveries.values()),
        "conversations": len(book.conversations),
        "messages_in": directions["in"],
        "messages_out": directions["out"],
        "replies_sent": letters["sent"],
        "replies_refused": letters["failed"],
        "replies_unconfirmed": letters["lost"],
        "positions_given": sum(one.seated for one in book.moves),
    }


def _interpreted(book: Book) -> Iterator[str]:
    """Every stored delivery was interpreted."""
    for state in ("received", "quarantined"):
        if book.deliveries.get(state):
            yield f"{book.deliveries[state]} deliveries are in the state {state}"


def _shown_once(book: Book) -> Iterator[str]:
    """No message of Meta's has two bubbles."""
    seen = Counter((one.channel_id, one.mid) for one in book.bubbles if one.mid is not None)
    for (_, mid), times in seen.items():
        if times > 1:
            yield f"the message {mid} has {times} bubbles"


def _settled(book: Book) -> Iterator[str]:
    """Every reply is with Meta under an id, or the agent is told why not."""
    for one in book.bubbles:
        if one.letter_state is None:
            continue
        told = one.mid if one.state == "sent" else one.reason
        if _SETTLED.get(one.letter_state) != one.state or not told:
            yield f"the reply {one.id} is {one.letter_state}, its bubble {one.state} without ground"


def _one_open(book: Book) -> Iterator[str]:
    """A thread has at most one conversation that has not ended."""
    threads = Counter(one.customer_id for one in book.conversations if one.state != ENDED)
    for customer, many in threads.items():
        if many > 1:
            yield f"the thread {customer} has {many} open conversations"


def _positions(book: Book) -> Iterator[str]:
    """An agent holds at most one conversation a position, now and after every move of the log."""
    held = [one for one in book.conversations if one.state in HELD]
    for (agent, slot), many in Counter((one.agent_id, one.slot) for one in held).items():
        if many > 1 or slot not in book.positions.get(agent or 0, frozenset()):
            yield f"the agent {agent} has {many} conversations at position {slot}"
    yield from _replayed(book)


def _replayed(book: Book) -> Iterator[str]:
    taken: dict[tuple[int | None, int | None], int] = {}
    for move in _followed(book):
        place = (move.agent_id, move.slot)
        if move.seated:
            if place in taken:
                yield (
                    f"move {move.id} gave position {move.slot} of the agent {move.agent_id} to the"
                    f" conversation {move.conversation_id}; {taken[place]} had it"
                )
            taken[place] = move.conversation_id
        elif move.reason not in _STAYS and taken.get(place) == move.conversation_id:
            del taken[place]


def _followed(book: Book) -> Iterator[Move]:
    """Moves of conversations whose end is in the log: earlier versions did not write it."""
    holds = {move.conversation_id: move.seated or move.reason in _STAYS for move in book.moves}
    gone = {one.id for one in book.conversations if one.state in (ENDED, QUEUED)}
    untold = {number for number in gone if holds.get(number)}
    return (move for move in book.moves if move.conversation_id not in untold)


def _first_come(book: Book) -> Iterator[str]:
    """Of one service and priority, who came first was seated first (later returns aside)."""
    known = {one.id: one for one in book.conversations}
    latest: dict[tuple[int, int], Held] = {}
    seated: set[int] = set()
    for move in book.moves:
        one = known.get(move.conversation_id)
        if move.reason == _WAS_MOVED:
            seated.add(move.conversation_id)
        if not move.seated or one is None or one.id in seated:
            continue
        seated.add(one.id)
        before = latest.get((move.service_id, one.priority))
        if before is not None and before.queued_seq > one.queued_seq:
            yield f"the conversation {before.id} was seated before {one.id}, which came earlier"
        latest[move.service_id, one.priority] = one


LAWS: Mapping[str, Law] = {
    "every delivery interpreted": _interpreted,
    "no message shown twice": _shown_once,
    "no reply without an outcome": _settled,
    "one open conversation a thread": _one_open,
    "never more than the positions": _positions,
    "first come, first served": _first_come,
}
