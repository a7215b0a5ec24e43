"""Types of the contract's fields: the parsers of `control.requests`, with a schema each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from fake_meta.control import requests
from fake_meta.control.requests import Parser
from fake_meta.domain.errors import InvalidRequestError

_LARGEST = 2**53


def _by(parser: Parser) -> BeforeValidator:
    """Let `parser` judge: its sentence names the key, what was expected, and what came."""

    def judge(value: Any, info: ValidationInfo) -> Any:
        parser(str(info.field_name), value)
        return value

    return BeforeValidator(judge)


def _object(name: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise InvalidRequestError(f"{name} must be an object, not {requests.short(value)}")


_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_COUNT: dict[str, Any] = {
    "anyOf": [
        {"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST},
        {"type": "string", "pattern": "^-?[0-9]{1,15}$"},
    ]
}
_NUMBER: dict[str, Any] = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": _LARGEST},
        {"type": "string", "pattern": "^[0-9]{1,15}$"},
    ]
}

Text = Annotated[Any, _by(requests.text), WithJsonSchema(_TEXT)]
Texts = Annotated[Any, _by(requests.texts), WithJsonSchema({"type": "array", "items": _TEXT})]
Flag = Annotated[Any, _by(requests.boolean), WithJsonSchema({"type": "boolean"})]
Whole = Annotated[Any, _by(requests.whole_number), WithJsonSchema(_COUNT)]
Number = Annotated[Any, _by(requests.number), WithJsonSchema(_NUMBER)]
Username = Annotated[
    Any,
    _by(requests.username),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_]([.]?[A-Za-z0-9_]){0,14}$"}),
]
PersonName = Annotated[
    Any,
    _by(requests.person_name),
    WithJsonSchema({**_TEXT, "maxLength": requests.MOST_NAME}),
]
Object = Annotated[Any, _by(_object), WithJsonSchema({"type": "object"})]
MaybeText = Annotated[
    Any, _by(requests.optional(requests.text)), WithJsonSchema({"anyOf": [_TEXT, {"type": "null"}]})
]
MaybeNumber = Annotated[
    Any,
    _by(requests.optional(requests.number)),
    WithJsonSchema({"anyOf": [*_NUMBER["anyOf"], {"type": "null"}]}),
]


def word(kind: type[StrEnum], *, or_null: bool = False) -> Any:
    """One of the words of `kind`, or null."""
    schema: Mapping[str, Any] = {"type": "string", "enum": [str(one) for one in kind]}
    parser = requests.one_of(kind)
    if or_null:
        return Annotated[
            Any,
            _by(requests.optional(parser)),
            WithJsonSchema({"anyOf": [schema, {"type": "null"}]}),
        ]
    return Annotated[Any, _by(parser), WithJsonSchema(dict(schema))]


def judged_by(parser: Parser, schema: dict[str, Any] | None = None) -> Any:
    """What `parser` takes; without `schema` the description says: anything."""
    return Annotated[Any, _by(parser), WithJsonSchema(schema or {})]
