"""What may be said in the forms of App Review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fake_meta.control.requests import Parser, boolean, one_of, optional, texts, whole_number
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.review.forms import Experience, Purpose, Recording, Shown

_LONGEST = 20_000
_LARGEST_RECORDING = 2 * 1024**3
_MOST_PIXELS = 100_000


def _free_text(name: str, value: Any) -> str:
    if isinstance(value, str) and len(value) <= _LONGEST:
        return value
    raise InvalidRequestError(f"{name} must be a text of at most {_LONGEST} characters")


def _span(least: int, most: int) -> Parser:
    def read(name: str, value: Any) -> int:
        found = whole_number(name, value)
        if least <= found <= most:
            return found
        raise InvalidRequestError(f"{name} must be {least} to {most}, not {found}")

    return read


def _object(name: str, value: Any, parsers: Mapping[str, Parser]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) - set(parsers):
        raise InvalidRequestError(f"{name} must be an object of {', '.join(parsers)}")
    return {key: parsers[key](f"{name}.{key}", one) for key, one in value.items()}


def _icon(name: str, value: Any) -> tuple[int, int]:
    sides = _object(name, value, {"width": _PIXELS, "height": _PIXELS})
    if len(sides) < len(("width", "height")):
        raise InvalidRequestError(f"{name} needs width and height")
    return sides["width"], sides["height"]


def _shown(name: str, value: Any) -> tuple[Shown, ...]:
    return tuple(one_of(Shown)(name, one) for one in texts(name, value))


def _recording(name: str, value: Any) -> Recording:
    given = _object(name, value, _RECORDING)
    missing = [key for key in ("file_name", "size_bytes", "width", "height") if key not in given]
    if missing:
        raise InvalidRequestError(f"{name} needs {missing[0]}")
    return Recording(**given)


_PIXELS = _span(1, _MOST_PIXELS)
_RECORDING: Mapping[str, Parser] = {
    "file_name": _free_text,
    "size_bytes": _span(1, _LARGEST_RECORDING),
    "width": _PIXELS,
    "height": _PIXELS,
    "has_audio": boolean,
    "english": boolean,
    "shows": _shown,
}
DETAILS: Mapping[str, Parser] = {
    "icon": optional(_icon),
    "contact_email": _free_text,
    "category": _free_text,
    "purpose": one_of(Purpose),
    "privacy_policy_url": _free_text,
    "terms_url": _free_text,
    "data_deletion_url": _free_text,
    "business_verified": boolean,
    "data_handling_answered": boolean,
    "data_use_checked": boolean,
    "access_verified": boolean,
}
ACCESS: Mapping[str, Parser] = {
    "login_url": _free_text,
    "steps": _free_text,
    "username": _free_text,
    "password": _free_text,
}
FORM: Mapping[str, Parser] = {
    "description": _free_text,
    "recording": optional(_recording),
    "account": _free_text,
    "experience": optional(one_of(Experience)),
    "story_replies": _free_text,
    "story_mentions": _free_text,
    "unsent_messages": _free_text,
    "escalation": _free_text,
    "dependencies": texts,
}
