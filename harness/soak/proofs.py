"""Figures of the long proofs that no attack from outside can give; each left as a JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.errors import HarnessError

# What each proof does, by its name; `make soak` runs all of them before the attack.
PROOFS: Mapping[str, str] = {
    "floor": "random histories of a whole floor (customers, agents, supervisor, time, kills),"
    " every rule checked after every step",
    "hammer-sqlite": "threads of two processes do everything at once, SQLite",
    "hammer-postgresql": "threads of two processes do everything at once, PostgreSQL",
    "review-api": "the whole review against two processes on one PostgreSQL, over HTTP",
    "review-browser": "the whole review against two processes on one PostgreSQL, in a browser",
}


@dataclass(frozen=True)
class Proof:
    """What one proof counted: words to numbers, in its own order."""

    name: str
    figures: Mapping[str, int]


def read_proofs(folder: Path) -> tuple[Proof, ...]:
    """All of them; HarnessError names those that are missing, unreadable or unknown."""
    found = {path.stem: path for path in folder.glob("*.json")}
    if found.keys() != PROOFS.keys():
        missing = ", ".join(sorted(PROOFS.keys() - found.keys())) or "none"
        strange = ", ".join(sorted(found.keys() - PROOFS.keys())) or "none"
        raise HarnessError(f"proofs in {folder}: missing {missing}; unknown {strange}")
    return tuple(Proof(name, _figures(found[name])) for name in PROOFS)


def section(proofs: Sequence[Proof]) -> str:
    """The part of the page about them."""
    lines = ["", "| Proof | Figures |", "| --- | --- |"]
    for proof in proofs:
        told = ", ".join(f"{many} {words}" for words, many in proof.figures.items())
        lines.append(f"| {PROOFS[proof.name]} | {told} |")
    return "\n".join(lines) + "\n"


def _figures(path: Path) -> dict[str, int]:
    try:
        figures = json.loads(path.read_text("utf-8"))
        return {str(words): int(many) for words, many in figures.items()}
    except (ValueError, AttributeError, TypeError) as trouble:
        raise HarnessError(
            f"{path} should hold a JSON object of words to whole numbers: {trouble}"
        ) from trouble
