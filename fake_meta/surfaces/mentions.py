"""Usernames in what a customer types."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s,;]+")
_IN_CAPTION = re.compile(r"(?<![\w.])@([A-Za-z0-9._]+)")


def mentions_in(field: str, caption: str) -> tuple[str, ...]:
    """Every username of the mention field, with or without @, and every @username of the caption.

    In order, each once; a full stop that ends a sentence is no part of a username.
    """
    typed = [name.removeprefix("@") for name in _SEPARATORS.split(field.strip())]
    written = _IN_CAPTION.findall(caption)
    names = (name.rstrip(".").lower() for name in (*typed, *written))
    return tuple(dict.fromkeys(name for name in names if name))
