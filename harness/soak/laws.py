"""Compares Meta's side, the agents' side and the database after an attack; pure, so testable.

What the database alone can tell, the console's own audit has judged; this adds what only both
sides together can tell: that what was acknowledged is there, and that replies arrived as told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from harness.soak.ledger import Promise

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Aftermath:
    """Everything that is known when the dust has settled."""

    # Message ids that Meta's journal saw answered with 200: begin of the first attempt, and end of
    # the one that was answered, in ms.
    acknowledged: Mapping[str, tuple[float, float]]
    written: Mapping[str, Sequence[str]]  # igsid to the ids of what the customer wrote, in order
    received: Mapping[str, Sequence[str]]  # igsid to the texts of the company at the customer
    promises: Sequence[Promise]
    messages: Sequence[Json]  # of the console's audit, each thread in the order shown
    audited: Sequence[Json] = ()  # breaches that the console's audit found
    seen: Sequence[str] = ()  # breaches that an agent saw on the screen


Law = Callable[[Aftermath], Iterator[str]]


def judge(aftermath: Aftermath) -> list[tuple[str, str]]:
    """Every breach: the law and what broke it."""
    found = [(name, what) for name, law in LAWS.items() for what in law(aftermath)]
    return [*found, *((one["law"], one["what"]) for one in aftermath.audited)]


def _there(aftermath: Aftermath) -> Iterator[str]:
    shown = Counter(one["mid"] for one in aftermath.messages if one["direction"] == "in")
    for mid in sorted(aftermath.acknowledged):
        if shown[mid] != 1:
            yield f"{mid} was acknowledged and is there {shown[mid]} times"


def _delivered(aftermath: Aftermath) -> Iterator[str]:
    """Meta tries for an hour: what it could not deliver in the end was refused again and again."""
    for thread, mids in aftermath.written.items():
        for mid in mids:
            if mid not in aftermath.acknowledged:
                yield f"{mid} of {thread} was never acknowledged"


def _nothing_invented(aftermath: Aftermath) -> Iterator[str]:
    known = {igsid: set(mids) for igsid, mids in aftermath.written.items()}
    for one in aftermath.messages:
        if one["direction"] == "in" and one["mid"] not in known.get(one["igsid"], set()):
            yield f"{one['mid']} is shown in the thread of {one['igsid']}, who never wrote it"


def _in_order(aftermath: Aftermath) -> Iterator[str]:
    """As written; only what came late stands after a reply or an End that happened without it."""
    place = {mid: number for mids in aftermath.written.values() for number, mid in enumerate(mids)}
    shown: dict[str, list[tuple[int, str]]] = defaultdict(list)
    chat: dict[str, int] = {}
    turns: Counter[str] = Counter()  # replies and Ends of a thread so far
    for one in aftermath.messages:
        thread = one["igsid"]
        known = chat.setdefault(thread, one["conversation_id"])
        turns[thread] += one["direction"] == "out" or known != one["conversation_id"]
        chat[thread] = one["conversation_id"]
        if one["mid"] in place:
            shown[thread].append((turns[thread], one["mid"]))
    for messages in shown.values():
        for (before, first), (turn, second) in combinations(messages, 2):
            may_be_late = turn > before and not _was_early(aftermath.acknowledged, second, first)
            if place[first] > place[second] and not may_be_late:
                yield f"{second} stands after {first}, which was written later"


def _was_early(calls: Mapping[str, tuple[float, float]], one: str, other: str) -> bool:
    return one in calls and other in calls and calls[one][1] <= calls[other][0]


def _promises_kept(aftermath: Aftermath) -> Iterator[str]:
    kept = Counter((one["key"], one["text"]) for one in aftermath.messages if one["key"])
    for promise in aftermath.promises:
        if kept[promise.key, promise.text] != 1:
            times = kept[promise.key, promise.text]
            yield f"the reply {promise.key} was taken and is there {times} times"


def _replies_arrived(aftermath: Aftermath) -> Iterator[str]:
    """Sent means exactly once at the customer, anything else at most once."""
    at_customer = {igsid: Counter(texts) for igsid, texts in aftermath.received.items()}
    for one in aftermath.messages:
        if one["direction"] != "out":
            continue
        times = at_customer.get(one["igsid"], Counter[str]())[one["text"]]
        if times > 1 or (one["state"] == "sent" and times != 1):
            yield f"the reply {one['id']} is {one['state']}, and {times} times at the customer"


def _replies_shown_once(aftermath: Aftermath) -> Iterator[str]:
    bubbles: dict[tuple[str, str], int] = defaultdict(int)
    for one in aftermath.messages:
        if one["direction"] == "out":
            bubbles[one["igsid"], one["text"]] += 1
    for igsid, texts in aftermath.received.items():
        for text in texts:
            bubbles.setdefault((igsid, text), 0)
    for (igsid, text), many in bubbles.items():
        if many != 1:
            yield f"{text!r} has {many} bubbles in the thread of {igsid}"


def _on_screen(aftermath: Aftermath) -> Iterator[str]:
    yield from aftermath.seen


LAWS: Mapping[str, Law] = {
    "every message is acknowledged in the end": _delivered,
    "every acknowledged message is there, once": _there,
    "no message that nobody wrote": _nothing_invented,
    "messages in the order of their thread": _in_order,
    "every reply that was taken is there, once": _promises_kept,
    "sent is at the customer once, failed at most once": _replies_arrived,
    "a reply has one bubble": _replies_shown_once,
    "on the screen never twice, never a ninth": _on_screen,
}
