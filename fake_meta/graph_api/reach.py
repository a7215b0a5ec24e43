"""Which addresses Meta's download may go to from a tester's machine.

The app under test says what is downloaded, and so might whoever writes to it: the emulator must
not fetch for them what only the tester's machine can reach.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from fake_meta.domain.attachments import MediaReach

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]


def resolved(host: str, port: int) -> list[str]:
    """Every address that the name has here; OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]).partition("%")[0] for one in found]


def refusal(reach: MediaReach, url: str, resolve: Resolver = resolved) -> str | None:
    """Why nothing is downloaded from `url`, or None; all addresses of its name are looked at."""
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        addresses = [_plain(ipaddress.ip_address(one)) for one in resolve(host, port)]
    except (OSError, UnicodeError, ValueError):
        return f"the host {(parts.hostname or '')[:100]!r} is not known here"
    for address in addresses:
        if not _RULES[reach](address):
            return f"{address} is {_SENTENCES[reach]}"
    return None


def _plain(address: Address) -> Address:
    """An IPv4 address that is written as IPv6, as what it is."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _is_harmless(address: Address) -> bool:
    """Not where clouds keep the credentials of their machines, and not many machines at once."""
    return not (address.is_link_local or address.is_multicast or address in _METADATA)


_METADATA = frozenset(map(ipaddress.ip_address, ("fd00:ec2::254", "100.100.100.200")))
_RULES: dict[MediaReach, Callable[[Address], bool]] = {
    MediaReach.ANY: _is_harmless,
    MediaReach.PUBLIC: lambda address: address.is_global and not address.is_multicast,
    MediaReach.LOOPBACK: lambda address: address.is_loopback,
    MediaReach.OFF: lambda _address: False,
}
_SENTENCES = {
    MediaReach.ANY: "an address of the network itself (link-local, multicast or the metadata of a "
    "cloud), from which the emulator never downloads",
    MediaReach.PUBLIC: "no public address, so Meta could not reach it (--media public)",
    MediaReach.LOOPBACK: "no address of this machine (--media loopback)",
    MediaReach.OFF: "not asked (--media off)",
}
