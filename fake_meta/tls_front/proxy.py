"""A proxy that takes TLS after CONNECT, and hands what is inside to the emulator.

Some clients (axios among them) do not ask for a tunnel but send the whole address in plain; they
are served as well. Hosts that are not Meta's are refused, so a test that would leave the machine
fails here.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from fake_meta.tls_front.authority import LocalAuthority

_LONGEST_HEAD = 16_384
_CHUNK = 65_536
_HANDSHAKE_S = 10.0
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
HEALTH = "/health"
"""Asked of the proxy itself: it answers 200 once it serves."""

_HTTPS_PORT = "443"
_WORDS = 3  # method, target, version
_HOP_BY_HOP = (b"connection", b"proxy-connection", b"proxy-authorization", b"keep-alive")
_TROUBLE = (ConnectionError, asyncio.IncompleteReadError, OSError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Front:
    """The front of one emulator, whose address is (host, port)."""

    authority: LocalAuthority
    emulator: tuple[str, int]

    async def start(self, host: str, port: int) -> asyncio.Server:
        """Listen; OSError when the port is taken."""
        return await asyncio.start_server(self._greet, host, port, limit=_LONGEST_HEAD)

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(*_TROUBLE):
            await self._serve(reader, writer)
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _HANDSHAKE_S)
        except asyncio.LimitOverrunError:
            await _refuse(writer, "431 Request Header Fields Too Large", "the head is too long")
            return
        method, target = _asked(head)
        if (method, target) == ("GET", HEALTH):
            await _answer(writer, "200 OK", "ok")
            return
        host, port = _authority_of(method, target)
        if host not in self.authority.hosts or port != _HTTPS_PORT:
            known = ", ".join(sorted(self.authority.hosts))
            sentence = f"{target} is not emulated and nothing leaves this machine; known: {known}"
            await _refuse(writer, "403 Forbidden", sentence)
        elif method == "CONNECT":
            writer.write(_ESTABLISHED)
            await writer.drain()
            await writer.start_tls(
                self.authority.server_context, ssl_handshake_timeout=_HANDSHAKE_S
            )
            await self._carry(reader, writer)
        else:
            await self._carry(reader, writer, _in_origin_form(head, target))

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, first: bytes = b""
    ) -> None:
        """Bytes in both directions until either side is done."""
        inner_reader, inner_writer = await asyncio.open_connection(*self.emulator)
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


def _asked(head: bytes) -> tuple[str, str]:
    words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
    return (words[0], words[1]) if len(words) == _WORDS else ("", "")


def _authority_of(method: str, target: str) -> tuple[str, str]:
    """Host and port of `host:443` or of a whole https address."""
    if method == "CONNECT":
        host, _, port = target.rpartition(":")
        return host.lower(), port
    url = urlsplit(target)
    if url.scheme != "https":
        return "", ""
    return (url.hostname or "").lower(), str(url.port or _HTTPS_PORT)


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
