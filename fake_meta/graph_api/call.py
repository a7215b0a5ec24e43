"""A Graph call as values: what came in, what goes out, whichever server carries it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from fake_meta.domain.foreign_json import read_json, whole
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Flavour, Host
from fake_meta.domain.tokens import Token

Json = Mapping[str, Any]
_new_tuple = tuple.__new__
"""Every call is made of a few tuples; their own constructors take thrice as long as this."""


class GraphCall(NamedTuple):
    """One call; `path` is split and without version, `parameters` of query, form and body.

    `host` is the one that was asked, `credentials` those of HTTP Basic; `holder` is the token as
    the world knows it, None for the calls that need no token; `addressed` tells what addresses of
    further pages begin with: scheme, host and version. `counted` collects the ids under which it
    was counted, which the usage headers of its answer tell about.
    """

    method: str
    path: tuple[str, ...]
    parameters: Mapping[str, Any]
    token: str | None
    host: Host = Host.GRAPH_FACEBOOK
    credentials: tuple[str, str] | None = None
    holder: Token | None = None
    addressed: Callable[[], str] = str
    counted: list[str] | None = None

    @property
    def base(self) -> str:
        """What addresses of further pages begin with; few calls ask."""
        return self.addressed()

    @property
    def flavour(self) -> Flavour:
        """The login whose tokens this host takes."""
        return self.host.flavour

    def held_by(self, token: Token) -> GraphCall:
        """The same call with its token identified (`_replace` takes thrice as long)."""
        method, path, parameters, value, host, basic, _, addressed, counted = self
        fields = (method, path, parameters, value, host, basic, token, addressed, counted)
        return _new_tuple(GraphCall, fields)

    @classmethod
    def of(cls, fields: tuple[Any, ...]) -> GraphCall:
        """A call of all its fields in their order, made in a third of the usual time."""
        return _new_tuple(cls, fields)

    @property
    def bearer(self) -> Token:
        """The token of a call that cannot come without one."""
        assert self.holder is not None, "the router identifies the token first"
        return self.holder

    def text(self, name: str) -> str | None:
        """A parameter as text, None when it is absent or empty."""
        value = self.parameters.get(name)
        return None if value in (None, "") else str(value)

    def required(self, name: str) -> str:
        """A parameter as text, or Meta's error that it is required."""
        value = self.text(name)
        if value is None:
            raise GraphCallError(GraphError.PARAMETER_REQUIRED, name=name)
        return value

    def object(self, name: str) -> Json | None:
        """A parameter that is a JSON object, itself or as text; None when absent."""
        value = self.parameters.get(name)
        if value in (None, ""):
            return None
        parsed = loose_json(value) if isinstance(value, str) else value
        if not isinstance(parsed, dict):
            raise GraphCallError(GraphError.PARAMETER, detail=f"param {name} must be an object.")
        return parsed

    def names(self, name: str) -> tuple[str, ...]:
        """A list of names: "a,b", "a, b", ["a","b"], ['a', 'b'] or the parameter repeated."""
        written = listed(self.parameters.get(name))
        names = (one.strip() for text in written for one in text.split(","))
        return tuple(one for one in names if one)


@dataclass(slots=True)
class Answer:
    """What a handler returns; everything but body and status is for the journal.

    `is_cut`: a fault breaks the connection in the middle.
    """

    body: Any
    customer: str | None = None
    mids: tuple[str, ...] = ()
    event: str = "read"
    status: int = 200
    faults: tuple[str, ...] = ()
    is_cut: bool = False


def listed(value: Any) -> list[str]:
    """A parameter that may be a list, as a list of texts; one text is a list of one."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        parsed = loose_json(value)
        value = parsed if isinstance(parsed, list) else value
    if isinstance(value, list | tuple):
        return [str(one) for one in value if isinstance(one, str | int)]
    return [value] if isinstance(value, str) else []


def loose_json(text: str) -> Any:
    """JSON, or the same with single quotes as Meta's own examples print it; None when neither."""
    try:
        return read_json(text)
    except RecursionError:
        return None
    except ValueError:
        pass
    try:
        return whole(ast.literal_eval(text))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
