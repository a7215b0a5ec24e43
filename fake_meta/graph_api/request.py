"""A Graph request as it stands in a WSGI environment, whichever door it came through."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from werkzeug.datastructures import FileStorage
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header
from werkzeug.wsgi import get_input_stream

from fake_meta.domain.foreign_json import read_json
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Host
from fake_meta.graph_api.form_fields import gathered
from fake_meta.graph_api.remembered import (
    Asked,
    Environ,
    Place,
    addressed,
    asked_of,
    below,
    headers_of,
    place_of,
    scheme_of,
    url_of,
)
from fake_meta.journal import RecordedRequest, kept_of

_BEARERS = ("bearer", "oauth")
_new_tuple = tuple.__new__
_FORM = "application/x-www-form-urlencoded"


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
    def place(self) -> Place:
        """Where the path behind the host leads."""
        return place_of(self.path, self.mount)

    def asked(self) -> Asked:
        """Query, form, multipart and JSON body in one, the later ones win; and the token apart.

        Others share what a query alone says, so nobody changes it.
        """
        fields, token = asked_of(self.query)
        if not self.body:
            return fields, token
        of_body = self._body_parameters()
        token = of_body.get("access_token", token)
        fields = {**fields, **of_body}
        fields.pop("access_token", None)
        return fields, token

    @property
    def locale(self) -> str | None:
        """The language that the caller asks for in the query, None without."""
        return dict(parse_qsl(self.query)).get("locale") if "locale=" in self.query else None

    def bearer(self) -> str | None:
        """The token of the Authorization header."""
        if not self.authorization:
            return None
        scheme, _, token = self.authorization.partition(" ")
        return token.strip() or None if scheme.lower() in _BEARERS else None

    def credentials(self) -> tuple[str, str] | None:
        """Name and password of HTTP Basic, None without."""
        scheme, _, encoded = self.authorization.partition(" ")
        if not scheme or scheme.lower() != "basic":
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
        host, scheme = environ.get("HTTP_HOST", ""), str(environ["wsgi.url_scheme"])
        url = url_of(scheme, host, self.path, self.mount, self.query)
        return _new_tuple(
            RecordedRequest, (self.method, url, headers_of(environ), kept_of(self.body))
        )

    def base(self, version: str) -> str:
        """What the caller's own addresses begin with, also when a front forwarded the call."""
        environ = self.environ
        host = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST", "")
        scheme = environ.get("HTTP_X_FORWARDED_PROTO") or scheme_of(
            host, str(environ["wsgi.url_scheme"])
        )
        return f"{scheme}://{host}{below(host, self.mount)}/{version}"

    def _body_parameters(self) -> Mapping[str, Any]:
        """JSON is also read when the content type does not say so."""
        if not self.body:
            return {}
        kind, options = parse_options_header(self.content_type)
        if kind == _FORM or (not kind and not self.body.lstrip().startswith((b"{", b"["))):
            return gathered(parse_qsl(self.body.decode("utf-8", "replace")))
        if kind == "multipart/form-data":
            parsed = FormDataParser().parse(io.BytesIO(self.body), kind, len(self.body), options)
            fields = gathered(list(parsed[1].items(multi=True)))
            return {**fields, **{name: _uploaded(one) for name, one in parsed[2].items()}}
        return _json(self.body)


def from_environ(environ: Environ) -> GraphRequest:
    """Read a request out of its WSGI environment, its body included."""
    path = environ["PATH_INFO"]
    if not path.isascii():
        path = path.encode("latin-1").decode("utf-8", "replace")
    asked = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST", "")
    host, mount = addressed(path, asked)
    query, kind = environ.get("QUERY_STRING", ""), environ.get("CONTENT_TYPE", "")
    head = (environ["REQUEST_METHOD"], path, query, kind, environ.get("HTTP_AUTHORIZATION", ""))
    return _new_tuple(GraphRequest, (*head, _body(environ), environ, host, mount))


def _uploaded(file: FileStorage) -> UploadedFile:
    return UploadedFile(file.mimetype, file.stream.read())


def _body(environ: Environ) -> bytes:
    if not environ.get("CONTENT_LENGTH") and "HTTP_TRANSFER_ENCODING" not in environ:
        return b""
    return get_input_stream(dict(environ)).read()


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        parsed = read_json(body)
    except (ValueError, RecursionError):
        detail = "The request body is not valid JSON."
        raise GraphCallError(GraphError.PARAMETER, detail=detail) from None
    return parsed if isinstance(parsed, dict) else {}
