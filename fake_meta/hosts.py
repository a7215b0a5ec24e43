"""Meta's hosts: which part of the emulator answers for which (meta-contract §1.1, §3.3).

Every part lies below a path that names its host, so one port serves all of them. Whoever reaches
the emulator under a real host name (in process, or through a proxy) gets the same part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

WsgiApp = Callable[..., Iterable[bytes]]

PREFIXES: Mapping[str, str] = {
    "graph.facebook.com": "",
    "graph.instagram.com": "/graph.instagram.com",
    "api.instagram.com": "/api.instagram.com",
    "www.facebook.com": "/www.facebook.com",
    "developers.facebook.com": "/developers.facebook.com",
    "www.instagram.com": "/www.instagram.com",
    "www.messenger.com": "/www.messenger.com",
    "lookaside.fbsbx.com": "/lookaside.fbsbx.com",
    "scontent.cdninstagram.com": "/scontent.cdninstagram.com",
}
REAL_ORIGIN = "https:/"
"""As the emulator's origin: addresses that it makes then name the real hosts."""


def by_host(behind: WsgiApp) -> WsgiApp:
    """Lead requests under one of Meta's hosts to the path of that host."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        prefix = _prefix_of(environ.get("HTTP_HOST", ""))
        if prefix:
            path = environ.get("PATH_INFO", "")
            if not path.startswith(f"{prefix}/"):
                environ["PATH_INFO"] = prefix + path
        return behind(environ, start_response)

    return serve


@lru_cache(64)
def _prefix_of(host: str) -> str:
    return PREFIXES.get(host.partition(":")[0].lower(), "")
