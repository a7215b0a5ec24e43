"""What the use cases need from outside, besides the records."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from system_under_test.domain.agents import Channel
from system_under_test.domain.customers import Profile
from system_under_test.domain.graph_errors import Fate
from system_under_test.domain.messages import Part
from system_under_test.service.records import Records


class GraphFailureError(Exception):
    """A Graph call failed; `fate` says whether it may be made again, `reason` is a line
    of `failure_reasons`.

    `code` is Meta's, None when there was no answer of Meta's.
    """

    def __init__(self, fate: Fate, reason: str, code: int | None = None) -> None:
        super().__init__(reason)
        self.fate = fate
        self.reason = reason
        self.code = code


@dataclass(frozen=True, slots=True)
class NewToken:
    """What a refresh gives."""

    token: str
    life_s: int


class StorageError(Exception):
    """The database cannot be reached or written; nothing of the transaction was kept."""


class Clock(Protocol):
    """Time, in milliseconds since 1970 UTC."""

    def now_ms(self) -> int:
        """The present."""


class GraphApi(Protocol):
    """Meta's Graph API as far as the console calls it; every method may raise GraphFailureError."""

    def profile(self, channel: Channel, igsid: str) -> Profile:
        """The customer's profile (meta-contract §5.3)."""

    def send_text(self, channel: Channel, igsid: str, text: str, tag: str | None = None) -> str:
        """Send a text, as a reply or with a tag; Meta's message id (meta-contract §4)."""

    def send_media(self, channel: Channel, igsid: str, part: Part, tag: str | None = None) -> str:
        """Send the file at an address of ours; Meta's message id (meta-contract §4.3)."""

    def refresh_token(self, channel: Channel) -> NewToken:
        """A new long-lived token of Instagram Login for the present one (meta-contract §6.2)."""

    def subscribe_page(self, channel: Channel, fields: Iterable[str]) -> None:
        """Install the app on the Page for these fields and no others (meta-contract §2.1.2)."""


class Passwords(Protocol):
    """Slow hashing of passwords."""

    def hash(self, password: str) -> str:
        """A salted hash."""

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether they match; takes as long without a hash, and is then False."""


class Listener(Protocol):
    """One waiter at the doorbell; hears rings from the moment it was made."""

    def wait(self, timeout_s: float) -> bool:
        """Wait for a ring; False when none came. Returns at once after `stop`."""

    def close(self) -> None:
        """Listen no more."""


class Doorbell(Protocol):
    """Wakes waiters of this process by topic; a ring is a hint, the records are the truth."""

    def ring(self, topics: Iterable[str]) -> None:
        """Wake everybody who listens to one of the topics."""

    def listen(self, topics: Iterable[str]) -> Listener:
        """A new waiter."""

    def stop(self) -> None:
        """Wake everybody for the last time."""

    @property
    def is_stopped(self) -> bool:
        """Whether the process is about to end."""


class Store(Protocol):
    """Transactions; topics woken inside a writing one are rung after its commit."""

    def writing(self) -> AbstractContextManager[Records]:
        """One transaction that excludes every other writer; StorageError when impossible."""

    def reading(self) -> AbstractContextManager[Records]:
        """One consistent snapshot."""

    def settle(self) -> None:
        """Write the log back, so that no file holds what was erased; readers may put it off."""
