"""Whom the courier trusts over HTTPS, and how it shows who it is (meta-contract §2.3)."""

from __future__ import annotations

from dataclasses import dataclass

import pycurl

UNTRUSTED = (pycurl.E_PEER_FAILED_VERIFICATION, pycurl.E_SSL_CACERT_BADFILE)
_CURE = (
    "name the certificate of its authority with --callback-ca FILE or FAKE_META_CALLBACK_CA, and "
    "let the callback's certificate bear the host name of its address"
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Files in PEM; empty: libcurl's usual authorities, and no certificate of our own.

    `client_pem` is key and certificate themselves, of an authority of this process.
    """

    callback_ca: str = ""
    client_cert: str = ""
    client_key: str = ""
    client_pem: bytes = b""

    def apply(self, handle: pycurl.Curl) -> None:
        """Let a handle use them."""
        if self.callback_ca:
            handle.setopt(pycurl.CAINFO, self.callback_ca)
        if self.client_cert:
            handle.setopt(pycurl.SSLCERT, self.client_cert)
            handle.setopt(pycurl.SSLKEY, self.client_key or self.client_cert)
        elif self.client_pem:
            handle.setopt(pycurl.SSLCERT_BLOB, self.client_pem)
            handle.setopt(pycurl.SSLKEY_BLOB, self.client_pem)


def certificate_error(message: str) -> str:
    """The sentence for a callback whose certificate nobody here trusts."""
    return f"the callback's certificate is not trusted: {message}; {_CURE} (meta-contract §2.3)"
