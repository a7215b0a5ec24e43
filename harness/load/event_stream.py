"""Server-Sent Events from lines of bytes (WHATWG HTML §9.2.6), as much of it as a console sends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class ServerEvent:
    """One event; `id` is the last id the stream named, "" before the first."""

    id: str
    type: str
    data: str


def server_events(lines: Iterable[bytes]) -> Iterator[ServerEvent]:
    """Events as their closing empty line arrives; comments and an unfinished last one are not."""
    last_id, kind, data = "", "", list[str]()
    for raw in lines:
        line = raw.decode("utf-8")
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            if data:
                yield ServerEvent(last_id, kind or "message", "\n".join(data))
            kind, data = "", []
        elif name == "data":
            data.append(value)
        elif name == "event":
            kind = value
        elif name == "id":
            last_id = value
