"""Pages of an edge as Meta shows them: data, cursors, the full address of the next page.

Source: meta-contract §5.5.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Flavour
from fake_meta.domain.pages import DEFAULT_LIMIT, MOST_ITEMS, Page, Span, cursor_of, number_of
from fake_meta.graph_api.call import GraphCall

T = TypeVar("T")
_PLACES = ("limit", "after", "before")
Parameters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge being read: where it lies, with which parameters, by whom."""

    address: str
    parameters: Parameters
    token: str | None
    flavour: Flavour = Flavour.FACEBOOK

    def span(self) -> Span:
        """Which part the parameters ask for."""
        parameters = self.parameters
        return Span(_limit(parameters), _cursor(parameters, "after"), _cursor(parameters, "before"))

    def render(self, page: Page[T], show: Callable[[T], Mapping[str, Any]]) -> dict[str, Any]:
        """The page; an empty one has no cursors, the last one no `next`."""
        if not page.items:
            return {"data": []}
        newest, oldest = cursor_of(page.items[0].number), cursor_of(page.items[-1].number)
        paging: dict[str, Any] = {"cursors": {"before": newest, "after": oldest}}
        if page.has_older:
            paging["next"] = self._url("after", oldest)
        if page.has_newer:
            paging["previous"] = self._url("before", newest)
        return {"data": [show(one.item) for one in page.items], "paging": paging}

    def _url(self, direction: str, cursor: str) -> str:
        kept = {name: _text(v) for name, v in self.parameters.items() if name not in _PLACES}
        place = {"limit": str(_limit(self.parameters)), direction: cursor}
        token = {} if self.token is None else {"access_token": self.token}
        return f"{self.address}?{urlencode({**token, **kept, **place})}"


def edge_of(call: GraphCall, *path: str, parameters: Parameters | None = None) -> Edge:
    """The edge at `path`, read with the call's own parameters or with those of a nested field."""
    address = "/".join((call.base, *path))
    asked = call.parameters if parameters is None else parameters
    return Edge(address, asked, call.token, call.flavour)


def _limit(parameters: Parameters) -> int:
    value = parameters.get("limit")
    if value in (None, ""):
        return DEFAULT_LIMIT
    text = str(value).strip()
    if not text.isdecimal():
        detail = "Param limit must be a non-negative integer"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return min(int(text), MOST_ITEMS)


def _cursor(parameters: Parameters, name: str) -> int | None:
    value = parameters.get(name)
    if value in (None, ""):
        return None
    number = number_of(str(value))
    if number is None:
        raise GraphCallError(GraphError.CURSOR, name=name)
    return number


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ",".join(value)
    return json.dumps(value)
