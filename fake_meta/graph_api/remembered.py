"""What many requests have in common, read once: places, queries, addresses, names of headers.

All of it follows from the texts alone, so nothing here can grow old. Long texts are read anew each
time: whoever sends them could fill the memory otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from fake_meta.domain.login import Host
from fake_meta.graph_api import versions
from fake_meta.graph_api.form_fields import gathered

Environ = Mapping[str, Any]
Asked = tuple[Mapping[str, Any], Any]
HOSTS = {str(host): host for host in Host}
_LONGEST = 1024
_CURRENT = versions.written(versions.CURRENT)
_UNPREFIXED = ("CONTENT_TYPE", "CONTENT_LENGTH")


class Place(NamedTuple):
    """Where a path leads: all of its parts, and those behind the version.

    `served` is the version that serves it, None for one that never existed.
    """

    parts: tuple[str, ...]
    behind: tuple[str, ...]
    served: str | None


def place_of(path: str, mount: str) -> Place:
    """What the path says, without the mount that names its host."""
    return _remembered_place(path, mount) if len(path) <= _LONGEST else _place(path, mount)


def _place(path: str, mount: str) -> Place:
    parts = tuple(part for part in path.removeprefix(mount).split("/") if part)
    if not parts or not versions.looks_like_version(parts[0]):
        return Place(parts, parts, _CURRENT)
    served = versions.served_version(parts[0])
    return Place(parts, parts if served is None else parts[1:], served)


def addressed(path: str, asked: str) -> tuple[Host, str]:
    """The host that is meant and its mount: named by the path, or by whom the caller asked."""
    is_short = len(path) + len(asked) <= _LONGEST
    return _remembered_addressed(path, asked) if is_short else _addressed(path, asked)


def _addressed(path: str, asked: str) -> tuple[Host, str]:
    first = path[1:].partition("/")[0]
    if first in HOSTS:
        return HOSTS[first], "/" + first
    return HOSTS.get(asked.partition(":")[0].strip().lower(), Host.GRAPH_FACEBOOK), ""


def asked_of(query: str) -> Asked:
    """The parameters of a query, and the access token apart; nobody changes what this says."""
    return _remembered_asked(query) if len(query) <= _LONGEST else _asked(query)


def _asked(query: str) -> Asked:
    fields = gathered(parse_qsl(query))
    token = fields.pop("access_token", None)
    return fields, token


def url_of(scheme: str, host: str, path: str, mount: str, query: str) -> str:
    """The address as its caller wrote it; the mount may have been added for them."""
    is_short = len(host) + len(path) + len(query) <= _LONGEST
    return (_remembered_url if is_short else _url)(scheme, host, path, mount, query)


def _url(scheme: str, host: str, path: str, mount: str, query: str) -> str:
    address = f"{scheme_of(host, scheme)}://{host}{below(host, mount)}{path.removeprefix(mount)}"
    return f"{address}?{query}" if query else address


def below(host: str, mount: str) -> str:
    """The mount, unless the caller named the host itself and the mount was added for them."""
    return "" if host.partition(":")[0].lower() in HOSTS else mount


def scheme_of(host: str, scheme: str) -> str:
    """How the caller came: Meta's own names are served by HTTPS only, here by the TLS front."""
    return "https" if host.lower() in HOSTS else scheme


def headers_of(environ: Environ) -> Mapping[str, str]:
    """The headers of a request; clients send the same ones again and again, kept once then."""
    names, values_in = _header_keys(tuple(environ))
    return _named(names, values_in(environ))


@lru_cache(64)
def _header_keys(
    keys: tuple[str, ...],
) -> tuple[tuple[str, ...], Callable[[Environ], tuple[Any, ...]]]:
    """Which of these keys are headers, and what picks their values."""
    names = tuple(one for one in keys if one[:5] == "HTTP_")
    names += tuple(one for one in _UNPREFIXED if one in keys)
    return names, itemgetter(*names) if len(names) > 1 else lambda environ: tuple(
        environ[one] for one in names
    )


@lru_cache(64)
def _named(names: tuple[str, ...], values: tuple[Any, ...]) -> Mapping[str, str]:
    pairs = zip(names, values, strict=True)
    return {_spelt(name): value for name, value in pairs if value or name not in _UNPREFIXED}


def _spelt(key: str) -> str:
    return key.removeprefix("HTTP_").replace("_", "-").title()


_remembered_place = lru_cache(2048)(_place)
_remembered_addressed = lru_cache(2048)(_addressed)
_remembered_asked = lru_cache(1024)(_asked)
_remembered_url = lru_cache(1024)(_url)
"""The same customer is read again and again: the journal then holds the address once."""
