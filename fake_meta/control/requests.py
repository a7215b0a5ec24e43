"""Reading JSON requests strictly, and answering what is wrong with them in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import flask
from werkzeug.exceptions import HTTPException

from fake_meta.domain.errors import (
    EmulatorError,
    InvalidRequestError,
    NotAllowedError,
)
from fake_meta.domain.foreign_json import read_json

Parser = Callable[[str, Any], Any]
Member = TypeVar("Member", bound=StrEnum)

ACCOUNT = "account"
"""Names the company that a call is about, in its body or its query."""

PLATFORM = "platform"
"""Names which of its inboxes is meant, in the same places."""

_STATUS = {InvalidRequestError: 400, NotAllowedError: 409}
_NOT_FOUND = 404
_LARGEST = 2**53
MOST_NAME = 256
_LONGEST_SHOWN = 80
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_USERNAME = re.compile(r"(?!.*\.\.)(?!\.)[A-Za-z0-9._]{1,30}(?<!\.)")


def answer_errors(blueprint: flask.Blueprint) -> None:
    """Turn errors of the world into 4xx with one sentence."""

    @blueprint.errorhandler(EmulatorError)
    def refused(error: EmulatorError) -> tuple[flask.Response, int]:
        return flask.jsonify(error=error.sentence), _STATUS.get(type(error), _NOT_FOUND)

    @blueprint.errorhandler(HTTPException)
    def failed(error: HTTPException) -> tuple[flask.Response, int]:
        return flask.jsonify(error=error.description), error.code or 500


def json_object(allowed: Iterable[str] | None) -> Mapping[str, Any]:
    """The request's JSON object, {} when the body is empty; only `allowed` keys may be in it.

    None: any key, for calls that know better what to say about an unknown one.
    """
    body = flask.request.get_data()
    try:
        value = read_json(body) if body.strip() else {}
    except (ValueError, RecursionError) as error:
        raise InvalidRequestError(f"the request body is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise InvalidRequestError("the request body must be a JSON object")
    if allowed is None:
        return value
    names = sorted(allowed)
    unknown = sorted(set(value) - set(names))
    if unknown:
        raise InvalidRequestError(
            f"unknown key {unknown[0]!r}; this call takes {', '.join(names) or 'no keys'}"
        )
    return value


def parsed(values: Mapping[str, Any], parsers: Mapping[str, Parser]) -> dict[str, Any]:
    """Each given value through the parser of its key."""
    return {name: parsers[name](name, value) for name, value in values.items()}


def text(name: str, value: Any) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise InvalidRequestError(f"{name} must be a text that is not empty, not {short(value)}")
    return value


def texts(name: str, value: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise InvalidRequestError(f"{name} must be a list of texts, not {short(value)}")
    return tuple(text(name, one) for one in value)


def boolean(name: str, value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise InvalidRequestError(f"{name} must be true or false, not {short(value)}")
    return value


def whole_number(name: str, value: Any) -> int:
    """An integer, also as decimal text."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST:
        raise InvalidRequestError(f"{name} must be a whole number, not {short(value)}")
    return value


def number(name: str, value: Any) -> float:
    """A number that is not negative, also as text."""
    try:
        result = float(value)
    except (TypeError, ValueError, OverflowError):
        result = -1.0
    if isinstance(value, bool) or not 0 <= result <= _LARGEST:
        raise InvalidRequestError(f"{name} must be a number of at least 0, not {short(value)}")
    return result


def username(name: str, value: Any) -> str:
    """A name that Instagram would give: letters, digits, points, underscores, at most 30."""
    if not isinstance(value, str) or not _USERNAME.fullmatch(value):
        raise InvalidRequestError(
            f"{name} must be 1 to 30 letters, digits, points or underscores, without a point at "
            f"either end or two in a row, not {short(value)}"
        )
    return value


def person_name(name: str, value: Any) -> str:
    """What a person is called, no longer than a profile shows."""
    if not isinstance(value, str) or not 1 <= len(value) <= MOST_NAME:
        raise InvalidRequestError(
            f"{name} must be a text of 1 to {MOST_NAME} characters, not {short(value)}"
        )
    return value


def short(value: Any) -> str:
    """The value as a refusal repeats it: never more than a line of it."""
    shown = repr(value) if not isinstance(value, int) or abs(value) < _LARGEST else "that much"
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


def member(kind: type[Member], name: str, value: Any) -> Member:
    """One of the words of `kind`."""
    try:
        return kind(value)
    except ValueError as error:
        words = ", ".join(kind)
        raise InvalidRequestError(f"{name} must be one of {words}, not {short(value)}") from error


def one_of(kind: type[Member]) -> Parser:
    """A parser of `member`s of `kind`."""
    return lambda name, value: member(kind, name, value)


def optional(parser: Parser) -> Parser:
    """A parser that also takes null."""
    return lambda name, value: None if value is None else parser(name, value)
