"""A certificate authority of this process, for Meta's host names and no others."""

from __future__ import annotations

import ssl
from collections.abc import Sequence

import trustme


class LocalAuthority:
    """Made anew at every start: whoever trusts it trusts this process, until it ends."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self._authority = trustme.CA(organization_name="fake_meta, for tests only")
        self.hosts = frozenset(hosts)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.set_alpn_protocols(["http/1.1"])
        self._authority.issue_cert(*hosts, "localhost", "127.0.0.1").configure_cert(self._context)

    @property
    def certificate_pem(self) -> bytes:
        """The certificate that clients must trust."""
        return self._authority.cert_pem.bytes()

    @property
    def server_context(self) -> ssl.SSLContext:
        """For the server's side of a handshake under any of the hosts."""
        return self._context
