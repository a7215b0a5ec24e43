"""A proxy that takes TLS after CONNECT, and hands what is inside to the emulator.

Plain requests, and tunnels to hosts that are not Meta's, are refused, so a test that would leave
the machine fails here.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass

from fake_meta.tls_front.authority import LocalAuthority

_LONGEST_HEAD = 16_384
_CHUNK = 65_536
_HANDSHAKE_S = 10.0
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_HTTPS_PORT = "443"
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
            if await self._accept(reader, writer):
                await writer.start_tls(
                    self.authority.server_context, ssl_handshake_timeout=_HANDSHAKE_S
                )
                await self._carry(reader, writer)
        writer.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Hear the CONNECT; True when a tunnel to one of Meta's hosts is open."""
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _HANDSHAKE_S)
        except asyncio.LimitOverrunError:
            return await _refuse(writer, "431 Request Header Fields Too Large", "head too long")
        words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        if len(words) != 3 or words[0] != "CONNECT":
            sentence = "this is a proxy for HTTPS: it takes CONNECT, and only to Meta's hosts"
            return await _refuse(writer, "405 Method Not Allowed", sentence)
        host, _, port = words[1].rpartition(":")
        if host.lower() not in self.authority.hosts or port != _HTTPS_PORT:
            known = ", ".join(sorted(self.authority.hosts))
            sentence = f"{words[1]} is not emulated and nothing leaves this machine; known: {known}"
            return await _refuse(writer, "403 Forbidden", sentence)
        writer.write(_ESTABLISHED)
        await writer.drain()
        return True

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Bytes in both directions until either side is done."""
        inner_reader, inner_writer = await asyncio.open_connection(*self.emulator)
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


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(*_TROUBLE):
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()


async def _refuse(writer: asyncio.StreamWriter, status: str, sentence: str) -> bool:
    body = f"fake_meta: {sentence}\n".encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
    await writer.drain()
    return False
