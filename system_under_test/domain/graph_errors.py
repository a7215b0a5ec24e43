"""What a failed Graph call means for a reply (meta-contract §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from system_under_test.domain.failure_reasons import reason_of


class Fate(Enum):
    """What to do with a call that failed."""

    RETRY = "retry"  # surely not done: try again later
    UNSURE = "unsure"  # perhaps done: wait for the echo, never send twice
    PERMANENT = "permanent"  # refused: trying again changes nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """Fate of a failed call and its reason (`failure_reasons`)."""

    fate: Fate
    reason: str


# (code, subcode) first, then (code, None).
_TABLE: Mapping[tuple[int, int | None], Verdict] = {
    (1, 1357046): Verdict(Fate.UNSURE, "unconfirmed"),
    (1, None): Verdict(Fate.UNSURE, "internal"),  # Meta may have sent it all the same
    (2, None): Verdict(Fate.RETRY, "unavailable"),
    (4, None): Verdict(Fate.RETRY, "calls_app"),
    (17, None): Verdict(Fate.RETRY, "calls_user"),
    (32, None): Verdict(Fate.RETRY, "calls_page"),
    (341, None): Verdict(Fate.RETRY, "calls_app"),
    (613, None): Verdict(Fate.RETRY, "too_fast"),
    (80002, None): Verdict(Fate.RETRY, "calls_account"),
    (80006, None): Verdict(Fate.RETRY, "calls_account"),
    (3, None): Verdict(Fate.PERMANENT, "not_allowed"),
    (10, 2534022): Verdict(Fate.PERMANENT, "window"),
    (10, 2018278): Verdict(Fate.PERMANENT, "window"),
    (10, None): Verdict(Fate.PERMANENT, "permission"),
    (100, 2018001): Verdict(Fate.PERMANENT, "no_person"),
    (100, 2534014): Verdict(Fate.PERMANENT, "no_person"),
    (100, 2534037): Verdict(Fate.PERMANENT, "other_app"),
    (100, 2018008): Verdict(Fate.PERMANENT, "file_fetch"),
    (100, 2534015): Verdict(Fate.PERMANENT, "file_fetch"),
    (100, 2018294): Verdict(Fate.PERMANENT, "file_fetch"),
    (100, 2018047): Verdict(Fate.PERMANENT, "file_type"),
    (100, 2018109): Verdict(Fate.PERMANENT, "file_size"),
    (100, None): Verdict(Fate.PERMANENT, "refused"),
    (102, None): Verdict(Fate.PERMANENT, "token"),
    (190, None): Verdict(Fate.PERMANENT, "token"),
    (200, 1545041): Verdict(Fate.PERMANENT, "away"),
    (200, 2534041): Verdict(Fate.PERMANENT, "no_access"),
    (200, None): Verdict(Fate.PERMANENT, "may_not_write"),
    (230, None): Verdict(Fate.PERMANENT, "permission"),
    (368, None): Verdict(Fate.PERMANENT, "blocked"),
    (551, None): Verdict(Fate.PERMANENT, "away"),
}  # fmt: skip

TOO_MANY_CODES = frozenset({4, 17, 32, 341, 613, 80002, 80006})
"""Meta counts also the calls that it refuses so (§7): then the whole channel has to pause."""
TOKEN_CODES = frozenset({102, 190})  # the token itself is refused, whatever the call

FIRST_DELAY_MS = 500
LONGEST_DELAY_MS = 30_000
MOST_ATTEMPTS = 6


def judge(code: int | None, subcode: int | None, http_status: int, *, transient: bool) -> Verdict:
    """Verdict on a Graph answer by code and subcode; never by text, which is localised."""
    if code is not None:
        known = _TABLE.get((code, subcode)) or _TABLE.get((code, None))
        if known:
            return known
    if transient or http_status >= 500 or http_status == 429:
        return Verdict(Fate.RETRY, "unavailable")
    return Verdict(Fate.PERMANENT, reason_of("refused_call", code, http_status))


def retry_delay_ms(attempts: int) -> int | None:
    """Pause after that many failed attempts, doubling up to 30 s; None: give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(FIRST_DELAY_MS << (max(attempts, 1) - 1), LONGEST_DELAY_MS)
