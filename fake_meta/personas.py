"""People to fill a world with: Brazilian, English-speaking, or with names that break software."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from itertools import count

MOST_AT_ONCE = 1000


class Persona(StrEnum):
    """Where names come from."""

    PT_BR = "pt_BR"
    EN = "en"
    HARD = "hard"


HARD_NAMES = (
    "Zoë Ångström-Núñez",
    "D'Ávila O'Connor",
    "😀 Ana 🌸",
    "👩\u200d👩\u200d👧\u200d👦",
    "مريم العلي",
    "\u202eamiR",
    "李小龍",
    "Ñ",
    "  José   da  Silva ",
    "<b>Bruno</b> & <script>alert(1)</script>",
    "{{ 7 * 7 }} ${7*7} %s",
    "Robert'); DROP TABLE students;--",
    "=1+1",
    "null",
    "Wolfeschlegelsteinhausenbergerdorff " * 4,
    "Zalgo H\u0335e\u0335l\u0335l\u0335o",
    "İstanbul ıI",
)
"""Accents, apostrophes, emoji, families, right-to-left, one letter, markup, formulas, length."""

_LOCALES: Mapping[Persona, str] = {Persona.PT_BR: "pt_BR", Persona.EN: "en_US"}


def names(persona: Persona, seed: int, skip: int = 0) -> Iterator[str]:
    """Names without end, the same for the same seed; `skip` that many first."""
    draw = _hard() if persona is Persona.HARD else _faked(_LOCALES[persona], seed)
    for _ in range(skip):
        draw()
    while True:
        yield draw()


def _hard() -> Callable[[], str]:
    numbers = count()
    return lambda: HARD_NAMES[next(numbers) % len(HARD_NAMES)]


def _faked(locale: str, seed: int) -> Callable[[], str]:
    from faker import Faker  # loads its word lists, which takes longer than the emulator's start

    faker = Faker(locale)
    faker.seed_instance(f"personas of {seed}")
    return lambda: str(faker.name())
