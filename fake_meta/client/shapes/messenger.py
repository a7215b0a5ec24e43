"""Dictionaries about Messenger."""

from __future__ import annotations

from typing import Required, TypedDict


class MessengerWish(TypedDict, total=False):
    """Whose event, which one, and the words in it; `mid` is the message that it speaks of."""

    customer: Required[str]
    event: str
    text: str
    url: str
    mid: str
