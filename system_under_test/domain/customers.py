"""Customers and the name under which an agent sees them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from system_under_test.domain.medium import Medium


@dataclass(frozen=True, slots=True)
class Customer:
    """A person as one company account knows them: by an IGSID, on Messenger by a PSID."""

    id: int
    channel_id: int
    igsid: str
    name: str | None = None
    username: str | None = None
    avatar_url: str | None = None
    profile_attempts: int = 0
    window_ms: int | None = None
    profile_due_ms: int | None = None
    followers: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Answer of the User Profile call (meta-contract §5.3); any field may be missing."""

    name: str | None
    username: str | None
    avatar_url: str | None
    followers: int | None = None


_MOST_SHOWN = 100
_MOST_MARKS = 3  # on one letter, in any script's writing
# What turns the direction of the text around it, what has no sign, and what begins a line.
_TURNING = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def display_name(customer: Customer, medium: Medium) -> str:
    """The name, else the username, else the last four digits; never an invented name."""
    return (
        tidy(customer.name or "")
        or tidy(customer.username or "")
        or f"{medium.label} customer ·{customer.igsid[-4:]}"
    )


def tidy(name: str) -> str:
    """A name that stays in its line: it cannot turn, overflow or lengthen what stands around it."""
    kept, marks = [], 0
    for sign in _BREAKING.sub(" ", _TURNING.sub("", name[: _MOST_SHOWN * 8])):
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    words = "".join(kept).strip()
    return words if len(words) <= _MOST_SHOWN else f"{words[: _MOST_SHOWN - 1]}…"
