"""Did a customer's text become markup on the agent's screen?"""

from __future__ import annotations

from collections.abc import Iterable

# Elements with which consoles lay out plain text: lines, direction, links they recognise.
LAYOUT = frozenset({"a", "bdi", "bdo", "br", "div", "p", "span", "wbr"})


def is_markup(tags: Iterable[str]) -> bool:
    """Whether any of the elements inside a message's text is more than layout."""
    return any(tag.lower() not in LAYOUT for tag in tags)
