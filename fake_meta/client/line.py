"""One call of the contract: a path filled in, an answer read or its refusal raised."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar, cast
from urllib.parse import quote

from fake_meta.client.callers import Caller, ControlError

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
Told = TypeVar("Told")


class Line:
    """Speaks to one emulator through a caller; `always` goes with every query."""

    def __init__(self, caller: Caller, **always: str) -> None:
        self._caller = caller
        self._always = always

    def ask(
        self,
        _kind: type[Told],
        method: str,
        path: str,
        wish: Mapping[str, object] | None = None,
        /,
        **names: object,
    ) -> Told:
        """Make the call of this row; `names` fill in its path, the others are its query."""
        return cast(Told, self.fetch(method, path, wish, **names))

    def fetch(
        self, method: str, path: str, wish: Mapping[str, object] | None = None, /, **names: object
    ) -> Any:
        """Like `ask`, for answers of more than one kind."""
        return json_of(method, path, self.content(method, path, wish, **names))

    def content(self, method: str, path: str, body: object = None, /, **names: object) -> bytes:
        """Like `ask`, for bytes."""
        in_path = set(_PART.findall(path))
        filled = _PART.sub(lambda part: quote(str(names[part[1]]), safe=""), path).lstrip("/")
        query = self._always | {
            name: str(value)
            for name, value in names.items()
            if name not in in_path and value is not None
        }
        answer = self._caller.send(method, filled, body, query)
        if not 200 <= answer.status < 300:
            raise _refusal(method, filled, answer.status, answer.content)
        return answer.content


def json_of(method: str, path: str, content: bytes) -> Any:
    """The JSON object of an answer; ControlError when it is none."""
    told = _parsed(content)
    if not isinstance(told, dict):
        raise ControlError(f"{method} /_control/{path.lstrip('/')} answered no JSON object")
    return told


def _refusal(method: str, path: str, status: int, content: bytes) -> ControlError:
    told = _parsed(content)
    said = told.get("error") if isinstance(told, dict) else None
    sentence = said if isinstance(said, str) else "no JSON object with an error"
    said_so = f"{method} /_control/{path} was answered with {status}: {sentence}"
    return ControlError(said_so, status=status, sentence=sentence)


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError:
        return None
