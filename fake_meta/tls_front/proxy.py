"""A proxy that takes TLS after CONNECT, and hands what is inside to the emulator.

Some clients (axios among them) do not ask for a tunnel but send the whole address in plain; others
know of no proxy, and reach this port because Meta's names lead to it (/etc/hosts, an alias of a
container) and speak TLS at once. All are served. Hosts that are not Meta's are refused, so a test
that would leave the machine fails here.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from fake_meta.tls_front.authority import LocalAuthority

_LONGEST_HEAD = 16_384
_CHUNK = 65_536
_HANDSHAKE_S = 10.0
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
HEALTH = "/health"
"""Asked of the proxy itself: it answers 200 once it serves."""

_HANDSHAKE = b"\x16"  # how every TLS connection begins (RFC 8446 §5.1)
_EMPTY_LINE = b"\r\n\r\n"
_HTTPS_PORT = "443"
_PORTS = {"https": _HTTPS_PORT, "http": "80"}
_WORDS = 3  # method, target, version
_HOP_BY_HOP = (b"connection", b"proxy-connection", b"proxy-authorization", b"keep-alive")
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
_TROUBLE = (ConnectionError, asyncio.IncompleteReadError, OSError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Front:
    """The front of one emulator, whose address is (host, port)."""

    authority: LocalAuthority
    emulator: tuple[str, int]

    @contextlib.asynccontextmanager
    async def listening(self, host: str, port: int) -> AsyncIterator[None]:
        """Listen for the time of the block; OSError when the port is taken."""
        # Bytes that were read cannot be given back to a handshake: who begins with one is handed
        # on, from its first byte, to a listener that expects it.
        inside = await asyncio.start_server(
            self._greet(self._serve_inside), "127.0.0.1", 0, limit=_LONGEST_HEAD,
            ssl=self.authority.server_context, ssl_handshake_timeout=_HANDSHAKE_S,
        )  # fmt: skip
        place = inside.sockets[0].getsockname()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            first = await asyncio.wait_for(reader.readexactly(1), _HANDSHAKE_S)
            if first == _HANDSHAKE:
                await _carry(place, reader, writer, first)
            else:
                await self._serve(first, reader, writer)

        try:
            outside = await asyncio.start_server(
                self._greet(serve), host, port, limit=_LONGEST_HEAD
            )
            try:
                yield
            finally:
                outside.close()  # and no more: who is connected may take for ever
        finally:
            inside.close()

    @staticmethod
    def _greet(serve: Serve) -> Serve:
        async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(*_TROUBLE):
                await serve(reader, writer)
            writer.close()

        return greet

    async def _serve(
        self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await _head(reader, writer, first)
        if not head:
            return
        method, target = _asked(head)
        if (method, target) == ("GET", HEALTH):
            await _answer(writer, "200 OK", "ok")
            return
        host, port = _authority_of(method, target)
        if why := self._why_not(target, host, port):
            await _refuse(writer, "403 Forbidden", why)
        elif method == "CONNECT":
            writer.write(_ESTABLISHED)
            await writer.drain()
            await writer.start_tls(
                self.authority.server_context, ssl_handshake_timeout=_HANDSHAKE_S
            )
            await _carry(self.emulator, reader, writer)
        else:
            await _carry(self.emulator, reader, writer, _in_origin_form(head, target))

    async def _serve_inside(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """TLS without a proxy: for whom it is stands in the Host header."""
        if not (head := await _head(reader, writer)):
            return
        host, _, port = _header(head, b"host").partition(":")
        if why := self._why_not(host or "a request without Host", host, port or _HTTPS_PORT):
            await _refuse(writer, "421 Misdirected Request", why)
        else:
            await _carry(self.emulator, reader, writer, head)

    def _why_not(self, target: str, host: str, port: str) -> str:
        """Empty for one of Meta's hosts at its port; else what to say."""
        if host not in self.authority.hosts:
            known = ", ".join(sorted(self.authority.hosts))
            return f"{target} is not emulated and nothing leaves this machine; known: {known}"
        if port != _HTTPS_PORT:
            return f"{host} is emulated with https on port {_HTTPS_PORT} only, not as {target}"
        return ""


async def _carry(
    target: tuple[str, int],
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    first: bytes = b"",
) -> None:
    """Bytes in both directions until either side is done."""
    inner_reader, inner_writer = await asyncio.open_connection(*target)
    inner_writer.write(first)
    try:
        await asyncio.wait(
            [
                asyncio.create_task(_pump(reader, inner_writer)),
                asyncio.create_task(_pump(inner_reader, writer)),
            ],
            return_when=asyncio.FIRST_COMPLETED,
        )
    finally:
        inner_writer.close()


async def _head(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, first: bytes = b""
) -> bytes:
    """Request line and headers to their empty line; empty when they were too long and refused."""
    try:
        return first + await asyncio.wait_for(reader.readuntil(_EMPTY_LINE), _HANDSHAKE_S)
    except asyncio.LimitOverrunError:
        await _refuse(writer, "431 Request Header Fields Too Large", "the head is too long")
        return b""


def _header(head: bytes, name: bytes) -> str:
    for line in head.split(b"\r\n")[1:]:
        found, _, value = line.partition(b":")
        if found.strip().lower() == name:
            return value.strip().decode("latin-1").lower()
    return ""


def _asked(head: bytes) -> tuple[str, str]:
    words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
    return (words[0], words[1]) if len(words) == _WORDS else ("", "")


def _authority_of(method: str, target: str) -> tuple[str, str]:
    """Host and port of `host:443` or of a whole https address."""
    if method == "CONNECT":
        host, _, port = target.rpartition(":")
        return host.lower(), port
    url = urlsplit(target)
    return (url.hostname or "").lower(), str(url.port or _PORTS.get(url.scheme, ""))


def _in_origin_form(head: bytes, target: str) -> bytes:
    """The head as a server wants it, for one request on its connection."""
    line, *headers = head[:-4].split(b"\r\n")
    origin_form = urlunsplit(("", "", *urlsplit(target)[2:4], "")) or "/"
    first = line.replace(target.encode("latin-1"), origin_form.encode("latin-1"), 1)
    kept = [one for one in headers if one.split(b":", 1)[0].lower() not in _HOP_BY_HOP]
    return b"\r\n".join([first, *kept, b"Connection: close"]) + b"\r\n\r\n"


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(*_TROUBLE):
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()


async def _refuse(writer: asyncio.StreamWriter, status: str, sentence: str) -> None:
    await _answer(writer, status, f"fake_meta: {sentence}")


async def _answer(writer: asyncio.StreamWriter, status: str, text: str) -> None:
    body = f"{text}\n".encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
    await writer.drain()
