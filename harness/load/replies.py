"""Every answer carries a word of its own, so that it can be found wherever it lands."""

import re

_MARK = re.compile(r"\[(R-[\w.-]+)\]")


def marked(text: str, reply: str) -> str:
    """The text of an answer with its word."""
    return f"{text} [{reply}]"


def marks_in(text: str) -> tuple[str, ...]:
    """The words of all answers in a text, in order."""
    return tuple(_MARK.findall(text))
