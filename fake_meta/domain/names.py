"""Names of customers, told apart by a number."""

from __future__ import annotations

import unicodedata

_FIRST = (
    "Ana", "Bruno", "Carla", "Diego", "Elisa", "Fábio", "Gabriela", "Heitor", "Inês", "João",
    "Kátia", "Lucas", "Maria", "Nuno", "Olívia", "Paulo", "Rafaela", "Sérgio", "Tânia", "Vitória",
)  # fmt: skip
_LAST = (
    "Silva", "Souza", "Oliveira", "Conceição", "Pereira", "Lima", "Araújo", "Ribeiro", "Almeida",
    "Gonçalves", "Barbosa", "Rocha", "Dias", "Teixeira", "Corrêa", "Mendes", "Nunes",
)  # fmt: skip


def name_of(number: int) -> str:
    """The name of the `number`-th customer; 340 differ before they repeat."""
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"


def username_of(number: int) -> str:
    """The username of the `number`-th customer; every one differs."""
    plain = unicodedata.normalize("NFKD", name_of(number)).encode("ascii", "ignore").decode()
    suffix = "" if number < len(_FIRST) * len(_LAST) else str(number)
    return plain.lower().replace(" ", ".") + suffix
