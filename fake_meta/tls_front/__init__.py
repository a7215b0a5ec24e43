"""HTTPS for software that hard-codes Meta's hosts: a local CA and a proxy for just those hosts."""

from __future__ import annotations

from fake_meta.tls_front.authority import LocalAuthority
from fake_meta.tls_front.proxy import Front

__all__ = ["Front", "LocalAuthority"]
