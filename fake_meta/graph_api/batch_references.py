"""Items of a batch that wait for others and use what those answered (meta-contract §5.5).

`name` names an item, `depends_on` waits for it, `{result=name:$.data.*.id}` in the address or the
body stands for what its answer holds there, several values with commas between.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.json_path import JsonPathError, found_at
from fake_meta.graph_api.call import Json
from fake_meta.journal import RecordedResponse

_REFERENCE = re.compile(r"\{result=(?P<name>[^:{}]+):(?P<path>[^{}]+)\}")
_REFUSED = 400


class Results:
    """What the named items of one batch answered so far; None for one that was not made."""

    def __init__(self) -> None:
        self._answers: dict[str, RecordedResponse | None] = {}

    def keep(self, item: Json, response: RecordedResponse | None) -> None:
        """Remember what `item` answered, if it has a name."""
        if isinstance(item.get("name"), str):
            self._answers[item["name"]] = response

    def allow(self, item: Json) -> bool:
        """Everything that `item` waits for has succeeded."""
        return all(self._succeeded(name) for name in names_needed(item))

    def fill(self, text: str, *, is_address: bool) -> str:
        """`text` with what its references stand for."""

        def value_of(match: re.Match[str]) -> str:
            values = found_at(match["path"], self._body(match["name"]))
            found = ",".join(_written(one) for one in values)
            return quote(found, safe=",") if is_address else found

        return _REFERENCE.sub(value_of, text)

    def _body(self, name: str) -> Any:
        answer = self._answers[name]
        assert answer is not None, "allow() comes before"
        return json.loads(answer.body or b"null")

    def _succeeded(self, name: str) -> bool:
        answer = self._answers[name]
        return answer is not None and answer.status < _REFUSED


def check_references(items: Sequence[Json]) -> None:
    """Refuse a batch whose references lead to no earlier item, or are no path."""
    known: set[str] = set()
    for item in items:
        for name in names_needed(item):
            if name not in known:
                raise _invalid(f"no item named {name[:40]!r} comes before the one that needs it")
        for text in _texts(item):
            for match in _REFERENCE.finditer(text):
                _check_path(match["path"])
        if isinstance(item.get("name"), str):
            known.add(item["name"])


def _check_path(path: str) -> None:
    try:
        found_at(path, None)
    except JsonPathError as error:
        raise _invalid(f"invalid JSONPath: {error}") from None


def names_needed(item: Json) -> list[str]:
    """The items that must have succeeded before this one."""
    waits = item.get("depends_on")
    named = [waits] if isinstance(waits, str) else []
    for text in _texts(item):
        named += [match["name"] for match in _REFERENCE.finditer(text)]
    return named


def is_needed(items: Sequence[Json], item: Json) -> bool:
    """Another item of the batch waits for this one."""
    name = item.get("name")
    return isinstance(name, str) and any(name in names_needed(one) for one in items)


def filled(results: Results, item: Json) -> Json:
    """`item` with its references replaced."""
    body: Any = item.get("body")
    if isinstance(body, Mapping):
        body = {key: _filled_value(results, value) for key, value in body.items()}
    elif isinstance(body, str):
        body = results.fill(body, is_address=False)
    url = item.get("relative_url")
    if isinstance(url, str):
        url = results.fill(url, is_address=True)
    return {**item, "relative_url": url, "body": body}


def _filled_value(results: Results, value: Any) -> Any:
    return results.fill(value, is_address=False) if isinstance(value, str) else value


def _texts(item: Json) -> list[str]:
    body = item.get("body")
    values = body.values() if isinstance(body, Mapping) else [body]
    return [one for one in (item.get("relative_url"), *values) if isinstance(one, str)]


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def _invalid(detail: str) -> GraphCallError:
    return GraphCallError(GraphError.PARAMETER, detail=f"Param batch: {detail}.")
