"""How an account looks: counters, initials, tints. Nothing here is random; ids decide."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

TINTS = 8
POSTS = 12


@dataclass(frozen=True, slots=True)
class Counters:
    """The numbers under the name, formatted."""

    posts: str
    followers: str
    following: str


def tint_of(name: str) -> int:
    """Which of the tints 0 to 7 belongs to `name`."""
    return sha256(name.encode("utf-8", "surrogatepass")).digest()[0] % TINTS


def initials_of(name: str) -> str:
    """One or two capital letters that stand for `name`."""
    words = [word for word in name.replace(".", " ").split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:2])


def counters_of(account_id: str, *, followed: bool) -> Counters:
    """Numbers that fit a middling company; `followed` adds the customer who looks."""
    digest = sha256(account_id.encode()).digest()
    followers = 1200 + int.from_bytes(digest[:2]) % 8000 + followed
    return Counters(str(POSTS), f"{followers:,}", str(80 + digest[2]))


def is_reel(number: int) -> bool:
    """Every fourth post is a reel."""
    return number % 4 == 0


def tiles() -> tuple[int, ...]:
    """The tint of each post, neighbours differing."""
    return tuple((post * 3 + post // 3) % TINTS for post in range(POSTS))
