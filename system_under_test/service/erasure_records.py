"""Records of what was erased on request; they say nothing about whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Erasure:
    """The audit of one request: `code` is the person's, `request_digest` knows a repetition."""

    code: str
    kind: str
    request_digest: str
    at_ms: int
    threads: int = 0
    messages: int = 0
    deliveries: int = 0


class Erasures(Protocol):
    """Requests of people, and the erasing itself."""

    def find(self, code: str) -> Erasure | None:
        """The request of that code."""

    def of_request(self, digest: str) -> Erasure | None:
        """The request that came with these bytes before."""

    def add(self, erasure: Erasure) -> None:
        """Keep the audit."""

    def threads_of(self, igsid: str) -> list[int]:
        """The customers that are this person, one a channel."""

    def erase_events(self, customer_id: int) -> None:
        """Erase what consoles were told; what they are told afterwards stays."""

    def erase_thread(self, customer_id: int, pseudonym: str) -> int:
        """Erase everything that was written and known; how many messages there were."""

    def erase_deliveries(self, igsid: str) -> int:
        """Erase every stored body that names this person; how many there were."""
