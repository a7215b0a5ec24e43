"""A Graph request as it stands in a WSGI environment, whichever door it came through."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from werkzeug.datastructures import FileStorage
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header
from werkzeug.wsgi import get_input_stream

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Host
from fake_meta.journal import RecordedRequest

Environ = Mapping[str, Any]
_HOSTS = {str(host): host for host in Host}
_LISTS = frozenset({"fields", "subscribed_fields", "ids"})
_BEARERS = ("bearer", "oauth")
_UNPREFIXED = ("CONTENT_TYPE", "CONTENT_LENGTH")
_FORM = "application/x-www-form-urlencoded"
_NESTED = re.compile(r"\w+(\[\w+\]){1,8}")
_PART = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file in the body of a request."""

    content_type: str
    content: bytes


class GraphRequest(NamedTuple):
    """What came in; `path` is not yet split, `mount` is the part of it that names the host."""

    method: str
    path: str
    query: str
    content_type: str
    authorization: str
    body: bytes
    environ: Environ
    host: Host = Host.GRAPH_FACEBOOK
    mount: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The path behind the host."""
        path = self.path.removeprefix(self.mount)
        return tuple(part for part in path.split("/") if part)

    def parameters(self) -> dict[str, Any]:
        """Query, form, multipart and JSON body in one; the later ones win."""
        asked = _remembered_query if len(self.query) <= _REMEMBERED_LENGTH else _queried
        return {**asked(self.query), **self._body_parameters()}

    @property
    def locale(self) -> str | None:
        """The language that the caller asks for in the query, None without."""
        return dict(parse_qsl(self.query)).get("locale") if "locale=" in self.query else None

    def bearer(self) -> str | None:
        """The token of the Authorization header."""
        scheme, _, token = self.authorization.partition(" ")
        return token.strip() or None if scheme.lower() in _BEARERS else None

    def credentials(self) -> tuple[str, str] | None:
        """Name and password of HTTP Basic, None without."""
        scheme, _, encoded = self.authorization.partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            plain = base64.b64decode(encoded.strip(), validate=True).decode()
        except ValueError:
            return None
        name, colon, password = plain.partition(":")
        return (unquote(name), unquote(password)) if colon else None

    def recorded(self) -> RecordedRequest:
        """The same for the journal."""
        environ = self.environ
        host = environ.get("HTTP_HOST", "")
        path = self._below(host) + self.path.removeprefix(self.mount)
        address = _remembered_address if len(self.query) <= _REMEMBERED_LENGTH else _address
        url = address(_scheme(host, environ), host, path, self.query)
        return RecordedRequest(self.method, url, _headers(environ), self.body)

    def base(self, version: str) -> str:
        """What the caller's own addresses begin with, also when a front forwarded the call."""
        environ = self.environ
        host = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST", "")
        scheme = environ.get("HTTP_X_FORWARDED_PROTO") or _scheme(host, environ)
        return f"{scheme}://{host}{self._below(host)}/{version}"

    def _below(self, host: str) -> str:
        """The mount, unless the caller named the host itself and the mount was added for them."""
        return "" if host.partition(":")[0].lower() in _HOSTS else self.mount

    def _body_parameters(self) -> Mapping[str, Any]:
        """JSON is also read when the content type does not say so."""
        if not self.body:
            return {}
        kind, options = parse_options_header(self.content_type)
        if kind == _FORM or (not kind and not self.body.lstrip().startswith((b"{", b"["))):
            return _gathered(parse_qsl(self.body.decode("utf-8", "replace")))
        if kind == "multipart/form-data":
            parsed = FormDataParser().parse(io.BytesIO(self.body), kind, len(self.body), options)
            fields = _gathered(list(parsed[1].items(multi=True)))
            return {**fields, **{name: _uploaded(one) for name, one in parsed[2].items()}}
        return _json(self.body)


def from_environ(environ: Environ) -> GraphRequest:
    """Read a request out of its WSGI environment, its body included."""
    path = environ["PATH_INFO"]
    if not path.isascii():
        path = path.encode("latin-1").decode("utf-8", "replace")
    host, mount = _addressed(path, environ)
    return GraphRequest(
        environ["REQUEST_METHOD"],
        path,
        environ.get("QUERY_STRING", ""),
        environ.get("CONTENT_TYPE", ""),
        environ.get("HTTP_AUTHORIZATION", ""),
        _body(environ),
        environ,
        host,
        mount,
    )


def _uploaded(file: FileStorage) -> UploadedFile:
    return UploadedFile(file.mimetype, file.stream.read())


def _addressed(path: str, environ: Environ) -> tuple[Host, str]:
    """The host that is meant: named by the path, by a front that forwards, or by the caller."""
    first = path[1:].partition("/")[0]
    if first in _HOSTS:
        return _HOSTS[first], "/" + first
    asked = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST", "")
    return _HOSTS.get(asked.partition(":")[0].strip().lower(), Host.GRAPH_FACEBOOK), ""


def _body(environ: Environ) -> bytes:
    if not environ.get("CONTENT_LENGTH") and "HTTP_TRANSFER_ENCODING" not in environ:
        return b""
    return get_input_stream(dict(environ)).read()


def _queried(query: str) -> Mapping[str, Any]:
    return _gathered(parse_qsl(query))


_REMEMBERED_LENGTH = 1024
_remembered_query = lru_cache(1024)(_queried)
"""Reads of many customers have the same query; nobody changes what it says."""


def _address(scheme: str, host: str, path: str, query: str) -> str:
    return f"{scheme}://{host}{path}?{query}" if query else f"{scheme}://{host}{path}"


_remembered_address = lru_cache(1024)(_address)
"""The same customer is read again and again: the journal then holds the address once."""


def _scheme(host: str, environ: Environ) -> str:
    """How the caller came: Meta's own names are served by HTTPS only, here by the TLS front."""
    return "https" if host.lower() in _HOSTS else str(environ["wsgi.url_scheme"])


@lru_cache(256)
def _header_name(key: str) -> str:
    return key.removeprefix("HTTP_").replace("_", "-").title()


def _headers(environ: Environ) -> Mapping[str, str]:
    given = [one for one in environ.items() if one[0][:5] == "HTTP_"]
    given += [(name, value) for name in _UNPREFIXED if (value := environ.get(name))]
    return _named(tuple(given))


@lru_cache(64)
def _named(given: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """A client sends the same headers again and again: made once, they are kept once, too."""
    return {_header_name(name): value for name, value in given}


def _gathered(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Fields of a query or form: `name[]`, `name[0]` and repeated lists make a list.

    `recipient[id]` makes an object, as form encoders of PHP and Node do. Of anything else that
    comes twice the last value wins.
    """
    fields: dict[str, Any] = {}
    for name, value in pairs:
        plain, bracket, index = name.partition("[")
        if bracket and (index == "]" or index[:-1].isdecimal()):
            _add(fields, plain, value)
        elif _NESTED.fullmatch(name):
            _put(fields, _PART.findall(name), value)
        elif name in _LISTS and name in fields:
            _add(fields, name, value)
        else:
            fields[name] = value
    return fields


def _add(fields: dict[str, Any], name: str, value: str) -> None:
    before = fields.get(name, [])
    fields[name] = [*(before if isinstance(before, list) else [before]), value]


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        detail = "The request body is not valid JSON."
        raise GraphCallError(GraphError.PARAMETER, detail=detail) from None
    return parsed if isinstance(parsed, dict) else {}


def _put(fields: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        inner = fields.get(part)
        fields[part] = fields = inner if isinstance(inner, dict) else {}
    fields[path[-1]] = value
