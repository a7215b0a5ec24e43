"""Reactions: words of Instagram, emojis, and which goes with which (meta-contract §3.5)."""

from __future__ import annotations

from collections.abc import Mapping

from fake_meta.domain.threads import Reaction, Sender

EMOJIS: Mapping[str, str] = {
    "love": "\u2764\ufe0f",
    "laugh": "\U0001f606",
    "wow": "\U0001f62e",
    "sad": "\U0001f622",
    "angry": "\U0001f620",
    "like": "\U0001f44d",
}
_WORDS = {emoji: word for word, emoji in EMOJIS.items()} | {"\u2764": "love"}
OTHER = "other"
_LONGEST_EMOJI = 12


def reaction_named(sender: Sender, wanted: str) -> Reaction | None:
    """The reaction for one of the words or for any emoji; None for neither."""
    if wanted in EMOJIS:
        return Reaction(sender, wanted, EMOJIS[wanted])
    if wanted.isascii() or len(wanted) > _LONGEST_EMOJI:
        return None
    return Reaction(sender, _WORDS.get(wanted, OTHER), wanted)
