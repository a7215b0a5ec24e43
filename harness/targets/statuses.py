"""Which entries of a STATUS menu are pauses, told by their words."""

from __future__ import annotations

PAUSE_WORDS = (
    "pause",
    "break",
    "meal",
    "lunch",
    "rest",
    "pausa",
    "intervalo",
    "almoço",
    "descanso",
)


def is_pause(label: str) -> bool:
    """Whether an entry with this label takes the agent off duty for a while."""
    return any(word in label.lower() for word in PAUSE_WORDS)
