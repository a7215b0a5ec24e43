"""A callback that answers 200 to everything, as fast as it can.

`python -m benchmarks.sink PORT`. A GET is answered by its challenge (meta-contract §2.2); without
one, by the number of POSTs that came.
"""

from __future__ import annotations

import asyncio
import sys
from urllib.parse import parse_qs, urlsplit

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class Sink(asyncio.Protocol):
    """One connection; counts no further than a whole request."""

    received = 0

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            request, self._buffer = self._buffer[:end], self._buffer[end + 4 + length :]
            self._answer(request)

    def _answer(self, request: bytes) -> None:
        assert self._transport is not None
        if request.startswith(b"POST"):
            Sink.received += 1
            self._transport.write(OK)
            return
        query = parse_qs(urlsplit(request.split(b" ", 2)[1].decode()).query)
        challenge = query.get("hub.challenge", [str(Sink.received)])[0].encode()
        length = str(len(challenge)).encode()
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Length: " + length + b"\r\n\r\n" + challenge
        )


async def main(port: int) -> None:
    """Serve until somebody ends the process."""
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
