"""The rules of routing and attendance by number; a test that carries a rule cites its number."""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[int, str] = {
    1: "who is eligible: signed in, routable, present, member, with a free active position",
    2: "fewest conversations, then longest since an assignment, then the lowest id",
    3: "the lowest free position",
    4: "first in, first out by durable intake, whatever Meta's timestamps say",
    5: "the router runs until no pair is left, and nobody overtakes",
    6: "automatic answer, or an offer with a time limit, then back with its age",
    7: "the cap is hard on every path",
    8: "no silent release; an automatic End is an End",
    9: "End frees the position at once, or a wrap-up holds it",
    10: "after End a new conversation with its history; the last agent only when free",
    11: "a pause keeps what is there and brings nothing new",
    12: "presence lease and grace; signing out with conversations is blocked",
    13: "closed or nobody there: stored, queued, and no automatic text",
    14: "many first messages at once are one conversation",
    15: "an echo opens nothing and takes no position",
    16: "reactions and reads open nothing and extend no window",
    17: "a transfer is one swap, with the history and a leg for each agent",
    18: "every decision is in the log with position, reason, queue and who was eligible",
    19: "a restart forgets nothing and looks again",
    20: "every timer is a row, and the clock is passed in",
}
