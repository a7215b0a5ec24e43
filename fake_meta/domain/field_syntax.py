"""The little language of `fields`: `a,b{c,d}`, `a.limit(5).after(x){b}` (meta-contract §5.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_TOKEN = re.compile(r"\s*(?:([A-Za-z0-9_\-]+)|([{},])|\.\s*([A-Za-z0-9_]+)\s*\(([^()]*)\))")
_BLANK = re.compile(r"\s*")
_DEEPEST = 20
_REMEMBERED_LENGTH = 512


@dataclass(frozen=True, slots=True)
class Field:
    """One asked field with what is asked inside it; `arguments` of `.limit(5)` and its like."""

    name: str
    fields: tuple[Field, ...] = ()
    arguments: Mapping[str, str] = field(default_factory=dict)

    def as_parameters(self) -> dict[str, str]:
        """What a nested edge would be asked with if it were asked for on its own."""
        fields = {"fields": written(self.fields)} if self.fields else {}
        return {**self.arguments, **fields}

    def written(self) -> str:
        """The field as it would be asked for."""
        arguments = "".join(f".{name}({value})" for name, value in self.arguments.items())
        return self.name + arguments + (f"{{{written(self.fields)}}}" if self.fields else "")


class FieldSyntaxError(Exception):
    """The text is no list of fields: `detail` says why, `rest` begins at `position`."""

    def __init__(self, detail: str, position: int, text: str) -> None:
        self.detail = detail
        self.position = position
        self.rest = text[position:]
        super().__init__(f"{detail} at character {position}")


def written(fields: tuple[Field, ...]) -> str:
    """Several fields as one text."""
    return ",".join(one.written() for one in fields)


def parse_fields(text: str) -> tuple[Field, ...]:
    """The fields of `text`; blanks and superfluous commas mean nothing."""
    return _remembered(text) if len(text) <= _REMEMBERED_LENGTH else _parsed(text)


def _parsed(text: str) -> tuple[Field, ...]:
    if "{" not in text and "." not in text and "}" not in text:
        return tuple(Field(name) for name in (part.strip() for part in text.split(",")) if name)
    reader = _Reader(text)
    fields = reader.fields(depth=0)
    reader.end()
    return fields


_remembered = lru_cache(1024)(_parsed)
"""An app asks for the same few lists again and again."""


class _Reader:
    """Reads `text` from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def fields(self, depth: int) -> tuple[Field, ...]:
        """A list up to its closing brace or the end."""
        if depth > _DEEPEST:
            raise self._fault(f"Field expansion deeper than {_DEEPEST} levels.")
        found: list[Field] = []
        while (token := self._peek()) is not None:
            if token[1] is not None:
                found.append(self._field(depth))
            elif token[2] == ",":
                self._take(token)
            else:
                break
        return tuple(found)

    def end(self) -> None:
        """Nothing may be left."""
        self._at = self._skip_blanks()
        if self._at < len(self._text):
            found = self._text[self._at]
            raise self._fault(f'Expected end of string instead of "{found}".')

    def _field(self, depth: int) -> Field:
        name = self._take(self._peek())[1]
        arguments: dict[str, str] = {}
        while (token := self._peek()) is not None and token[3] is not None:
            arguments[token[3]] = self._take(token)[4].strip()
        if token is None or token[2] != "{":
            return Field(name, arguments=arguments)
        self._take(token)
        nested = self.fields(depth + 1)
        closing = self._peek()
        if closing is None or closing[2] != "}":
            raise self._fault('Expected "}".')
        self._take(closing)
        return Field(name, nested, arguments)

    def _peek(self) -> re.Match[str] | None:
        return _TOKEN.match(self._text, self._at)

    def _take(self, token: re.Match[str] | None) -> re.Match[str]:
        assert token is not None
        self._at = token.end()
        return token

    def _skip_blanks(self) -> int:
        blanks = _BLANK.match(self._text, self._at)
        return self._at if blanks is None else blanks.end()

    def _fault(self, detail: str) -> FieldSyntaxError:
        return FieldSyntaxError(detail, self._at, self._text)
