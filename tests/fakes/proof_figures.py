"""Leaves the figures of a long proof where `homolog soak --proofs` finds them."""

from __future__ import annotations

import json
import os
from pathlib import Path

VARIABLE = "LONG_PROOFS"  # the folder; set, it makes those proofs long


def is_long() -> bool:
    """Whether this run is to prove rather than to check."""
    return bool(os.environ.get(VARIABLE))


def leave(name: str, **figures: int) -> None:
    """Write them (words with _ for spaces), when this run is a long one."""
    if not is_long():
        return
    folder = Path(os.environ[VARIABLE])
    folder.mkdir(parents=True, exist_ok=True)
    told = {words.replace("_", " "): many for words, many in figures.items()}
    (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
