"""What a client gives in a path, a query, a header or a body, read and refused in one way."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.routing import BaseConverter

_LARGEST = 2**63 - 1  # what the database can hold


class NotTextError(Exception):
    """A field holds a lone surrogate: legal JSON, but neither database nor wire would take it."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} holds a lone surrogate, which is no text; send valid Unicode")
        self.field = field


class IdConverter(BaseConverter):
    """A number of a row in a path; anything larger names nothing, so the path does not exist."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)


def cursor(text: str) -> int | None:
    """A number from 0 that the database can hold, in ASCII digits; None when it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST))):
        return None
    number = int(text)
    return number if number <= _LARGEST else None


def field(name: str) -> str | None:
    """A text field of the JSON body, None without one; NotTextError when it cannot be written."""
    body: Any = request.get_json(silent=True)
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str):
        return None
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotTextError(name) from error
    return value


def flag(name: str) -> bool:
    """Whether the JSON body says true for it."""
    body: Any = request.get_json(silent=True)
    return isinstance(body, dict) and body.get(name) is True


def whole_number(name: str, least: int, most: int) -> int | None:
    """A whole number of the JSON body within these bounds; None when there is none."""
    body: Any = request.get_json(silent=True)
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if least <= value <= most else None
