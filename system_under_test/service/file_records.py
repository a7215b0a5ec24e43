"""Files that agents send, as the use cases read and write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file; `digest` is that of its bytes."""

    id: int
    content_type: str
    ending: str
    digest: str
    data: bytes


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be kept for one customer."""

    customer_id: int
    content_type: str
    ending: str
    digest: str
    data: bytes
    at_ms: int


class Files(Protocol):
    """Files of agents; gone with the message, or with the person, that they belong to."""

    def add(self, file: NewFile) -> int:
        """Keep it; its number, which is never given twice."""

    def get(self, file_id: int) -> StoredFile | None:
        """The file of that number, None when it is gone."""

    def digest(self, file_id: int) -> str | None:
        """Of its bytes, without reading them."""

    def prune(self, before_ms: int) -> None:
        """Forget the older ones; their bubbles say that they are no longer there."""
