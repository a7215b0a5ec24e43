"""What customers and agents write: unique, plain unless a scenario asks for more. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar

T = TypeVar("T")

TOKEN = re.compile(r"Q\d{6}-\d{3}")  # looks like the number of an order

TEXT_LIMIT_BYTES = 1000

CONTENTS: Mapping[str, str] = MappingProxyType(
    {
        "emoji": "thanks 😀👍🏽 👩‍👩‍👧‍👦 🇧🇷",
        "accents": "ação, coração, maçã, über, naïve, žluťoučký kůň",
        "symbols and markup": (
            "@empresa #1 50% a/b <b>bold</b> <img src=x onerror=alert(1)> "
            "& \"quoted\" 'single' &amp; {{ 7*7 }}"
        ),
        "right-to-left letters": "مرحبا بالعالم שלום עולם 123",
        "line breaks": "first line\nsecond line\n\nfourth line",
    }
)
FILLER = "é漢🙂aж"  # two, three, four, one and two bytes: every width of UTF-8


class Namer(Protocol):
    """A seeded Faker of some language."""

    def name(self) -> str:
        """Return a person's name."""


class Dice(Protocol):
    """The part of a seeded Faker that decides."""

    def lexify(self, text: str, letters: str) -> str:
        """Return the text with its question marks replaced by letters."""

    def random_element(self, elements: tuple[T, ...]) -> T:
        """Return one of the elements."""


OPENINGS = (
    "Hello, where is my order",
    "Good morning, is the shop open today",
    "Please call me back about case",
    "I would like to change the address of order",
    "Could you send the invoice of order",
)
ANSWERS = (
    "Of course, one moment please, reference",
    "Thank you for waiting, it is solved, reference",
    "I am looking into it, reference",
)


class Words:
    """Texts of one case; `dice` decides, so that a seed repeats them."""

    def __init__(self, dice: Dice, namers: tuple[Namer, ...]) -> None:
        self._dice = dice
        self._namers = namers

    def token(self) -> str:
        """A word that stands nowhere else in the run."""
        return self._dice.lexify("Q??????-???", letters="0123456789")

    def name(self) -> str:
        """A person's name."""
        return self._dice.random_element(self._namers).name()

    def question(self) -> str:
        """What a customer writes: one plain line that ends in a unique word."""
        return f"{self._dice.random_element(OPENINGS)} {self.token()}"

    def answer(self) -> str:
        """What an agent writes."""
        return f"{self._dice.random_element(ANSWERS)} {self.token()}"

    def containing(self, content: str) -> str:
        """A text with the named content, beginning with a unique word."""
        if content == "1000 bytes":
            return exactly(TEXT_LIMIT_BYTES, f"{self.token()} ")
        return f"{self.token()} {CONTENTS[content]}"


def exactly(size_bytes: int, beginning: str) -> str:
    """A text of exactly this many UTF-8 bytes that mixes scripts."""
    text = beginning
    room = size_bytes - len(text.encode())
    text += FILLER * (room // len(FILLER.encode()))
    return text + "a" * (size_bytes - len(text.encode()))


def token_of(text: str) -> str:
    """The unique word in a text of ours."""
    found = TOKEN.search(text)
    assert found is not None, f"no token in {text!r}"
    return found.group()
