"""Is a shown name a fallback, or was it invented? Pure."""

from __future__ import annotations

import re

from harness.drivers.contract import Customer
from harness.matchers import Matcher, satisfies

NEUTRAL_WORDS = frozenset(
    (
        "a",
        "anonymous",
        "client",
        "cliente",
        "contact",
        "contato",
        "customer",
        "desconhecido",
        "do",
        "from",
        "guest",
        "instagram",
        "name",
        "no",
        "nome",
        "person",
        "sem",
        "the",
        "unknown",
        "unnamed",
        "user",
        "usuario",
        "usuário",
        "via",
        "visitante",
        "visitor",
        "without",
    )
)
SHORTEST_ID_PART = 4


def is_fallback(shown: str, customer: Customer) -> bool:
    """Whether the shown name is the username, a part of the IGSID, or a neutral word."""
    words = shown.strip().lower()
    if not words:
        return False
    if words.lstrip("@") == customer.username.lower():
        return True
    digits = [run for run in re.findall(r"\d+", words) if len(run) >= SHORTEST_ID_PART]
    if digits:
        return any(run in customer.igsid for run in digits)
    return _is_neutral(words)


def carries_fallback(customer: Customer) -> Matcher[str]:
    """Expect a name that says nothing we cannot know."""
    return satisfies(
        f'"{customer.username}", a part of the IGSID {customer.igsid}, or a neutral word',
        lambda shown: is_fallback(shown, customer),
    )


def _is_neutral(words: str) -> bool:
    found = re.findall(r"[^\W\d_]+", words)
    return bool(found) and all(word in NEUTRAL_WORDS for word in found)
