"""What a failed Graph call means for a reply (meta-contract §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    """What to do with a call that failed."""

    RETRY = "retry"  # surely not done: try again later
    UNSURE = "unsure"  # perhaps done: wait for the echo, never send twice
    PERMANENT = "permanent"  # refused: trying again changes nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """Fate of a failed call and the reason shown to the agent."""

    fate: Fate
    reason: str


_WINDOW = "Outside Instagram's messaging window"
_TOKEN = "The channel's access token is no longer valid"  # noqa: S105  # a sentence, not a token
_AWAY = "This person isn't available right now"

# (code, subcode) first, then (code, None).
_TABLE: Mapping[tuple[int, int | None], Verdict] = {
    (1, 1357046): Verdict(Fate.UNSURE, "Instagram did not confirm the message"),
    (1, None): Verdict(Fate.RETRY, "Instagram had an internal error"),
    (2, None): Verdict(Fate.RETRY, "Instagram is temporarily unavailable"),
    (4, None): Verdict(Fate.RETRY, "Too many calls by this application"),
    (17, None): Verdict(Fate.RETRY, "Too many calls by this user"),
    (32, None): Verdict(Fate.RETRY, "Too many calls for this Page"),
    (341, None): Verdict(Fate.RETRY, "Too many calls by this application"),
    (613, None): Verdict(Fate.RETRY, "Too many messages at once"),
    (80002, None): Verdict(Fate.RETRY, "Too many calls for this account"),
    (80006, None): Verdict(Fate.RETRY, "Too many calls for this account"),
    (3, None): Verdict(Fate.PERMANENT, "The application may not make this call"),
    (10, 2534022): Verdict(Fate.PERMANENT, _WINDOW),
    (10, 2018278): Verdict(Fate.PERMANENT, _WINDOW),
    (10, None): Verdict(Fate.PERMANENT, "The application lacks a permission"),
    (100, 2018001): Verdict(Fate.PERMANENT, "Instagram knows no such person"),
    (100, 2534014): Verdict(Fate.PERMANENT, "Instagram knows no such person"),
    (100, 2534037): Verdict(Fate.PERMANENT, "Another application controls this conversation"),
    (100, 2018008): Verdict(Fate.PERMANENT, "Instagram could not fetch the file"),
    (100, 2534015): Verdict(Fate.PERMANENT, "Instagram could not fetch the file"),
    (100, 2018294): Verdict(Fate.PERMANENT, "Instagram could not fetch the file"),
    (100, 2018047): Verdict(Fate.PERMANENT, "Instagram does not take this kind of file"),
    (100, 2018109): Verdict(Fate.PERMANENT, "The file is too large for Instagram"),
    (100, None): Verdict(Fate.PERMANENT, "Instagram refused the message"),
    (102, None): Verdict(Fate.PERMANENT, _TOKEN),
    (190, None): Verdict(Fate.PERMANENT, _TOKEN),
    (200, 1545041): Verdict(Fate.PERMANENT, _AWAY),
    (200, 2534041): Verdict(Fate.PERMANENT, "The account does not allow access to messages"),
    (200, None): Verdict(Fate.PERMANENT, "The application may not write to this person"),
    (230, None): Verdict(Fate.PERMANENT, "The application lacks a permission"),
    (368, None): Verdict(Fate.PERMANENT, "Temporarily blocked for policy violations"),
    (551, None): Verdict(Fate.PERMANENT, _AWAY),
}  # fmt: skip

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
        return Verdict(Fate.RETRY, "Instagram is temporarily unavailable")
    return Verdict(Fate.PERMANENT, f"Instagram refused the call (code {code}, HTTP {http_status})")


def retry_delay_ms(attempts: int) -> int | None:
    """Pause after that many failed attempts, doubling up to 30 s; None: give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(FIRST_DELAY_MS << (max(attempts, 1) - 1), LONGEST_DELAY_MS)
