"""Asking the addresses that were looked at, whatever the name says a moment later.

Whoever owns a name may let it lead to a harmless address while it is looked at and to this
machine's network when it is connected to. So a name is resolved once, and its addresses are asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

Timeout = tuple[float, float]


class _CertificateOfName(HTTPAdapter):
    """TLS asks for the name and checks the certificate for it, not for the address."""

    def __init__(self, name: str) -> None:
        self._name = name
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Pools whose connections know the name."""
        kwargs |= {"server_hostname": self._name, "assert_hostname": self._name}
        super().init_poolmanager(*args, **kwargs)


def ask(
    session: requests.Session, url: str, addresses: Sequence[str], timeout: Timeout
) -> requests.Response:
    """What the first of `addresses` that takes a connection answers for `url`."""
    parts = urlsplit(requests.Request("GET", url).prepare().url or "")
    credentials, at, host = parts.netloc.rpartition("@")
    port = f":{parts.port}" if parts.port is not None else ""
    failed: requests.ConnectionError = requests.ConnectionError("the name has no address")
    for address in addresses:
        bracketed = f"[{address}]" if ":" in address else address
        netloc = f"{credentials}{at}{bracketed}{port}"
        session.mount("https://", _CertificateOfName(parts.hostname or ""))
        try:
            return session.get(
                urlunsplit(parts._replace(netloc=netloc)),
                headers={"Host": host},
                stream=True,
                timeout=timeout,
                allow_redirects=False,
            )
        except requests.ConnectionError as error:
            failed = error
    raise failed
