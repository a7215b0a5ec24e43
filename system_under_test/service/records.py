"""The records that the use cases read and write, one protocol per noun.

Every method belongs to the transaction in which the records were handed out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from system_under_test.domain.customers import Customer, Profile
from system_under_test.domain.messages import Message
from system_under_test.service.attempt_records import AttemptBook
from system_under_test.service.deadline_records import Deadlines
from system_under_test.service.delivery_records import Deliveries
from system_under_test.service.erasure_records import Erasures
from system_under_test.service.file_records import Files
from system_under_test.service.floor_records import (
    Agents,
    Channels,
    Conversations,
    RoutingLog,
    Services,
    Sessions,
)
from system_under_test.service.measure_records import Legs, Samples, Spans
from system_under_test.service.message_records import Marks, Messages
from system_under_test.service.note_records import Notes
from system_under_test.service.status_records import Statuses


@dataclass(frozen=True, slots=True)
class Letter:
    """An outgoing text, or a file at `url`, on its way to Meta."""

    id: int
    message_id: int
    conversation_id: int
    customer_id: int
    text: str
    state: str
    attempts: int
    by_human: bool
    kind: str = "text"
    url: str | None = None
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the outbox keeps of a reply besides its message."""

    key: str
    by_human: bool = True
    file_id: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class UiEvent:
    """One line of the event stream."""

    id: int
    type: str
    data: Mapping[str, Any]


class Customers(Protocol):
    """People who wrote."""

    def fetch(self, customer_ids: Iterable[int]) -> None:
        """Read them at once: `get` costs nothing for them afterwards."""

    def get(self, customer_id: int) -> Customer:
        """The customer of that id."""

    def find(self, channel_id: int, igsid: str) -> Customer | None:
        """The customer of that thread."""

    def add(self, channel_id: int, igsid: str) -> Customer:
        """A new one."""

    def open_window(self, customer_id: int, at_ms: int) -> None:
        """The customer has written then; an earlier time changes nothing."""

    def save_profile(self, customer_id: int, profile: Profile) -> None:
        """Keep what the profile says; empty fields leave what is known."""

    def plan_profile(self, customer_id: int, attempts: int, due_ms: int | None) -> None:
        """When to ask for the profile next; None: not again by itself."""

    def plan_nameless(self, channel_id: int, due_ms: int) -> None:
        """When to ask for the profiles of those in open conversations whose name is not known."""

    def due(self, now_ms: int) -> Customer | None:
        """The one whose profile has been due longest."""

    def next_due_ms(self) -> int | None:
        """When the next profile falls due."""


class Outbox(Protocol):
    """Outgoing texts: pending, sending, unconfirmed, then sent, failed or lost."""

    def add(self, message: Message, customer_id: int, reply: Outgoing, now_ms: int) -> None:
        """Queue the message's text or file."""

    def by_key(self, conversation_id: int, key: str) -> Letter | None:
        """The one that carries this idempotency key."""

    def of_message(self, message_id: int) -> Letter | None:
        """The one of this message."""

    def due(self, now_ms: int) -> Letter | None:
        """The next to send; never before an older one of its thread."""

    def overdue(self, now_ms: int) -> list[Letter]:
        """Those whose wait for an echo, or for the end of the sending, is over."""

    def dead(self, limit: int) -> list[Letter]:
        """Those that failed for good or were never confirmed, the newest first."""

    def awaiting_echo(self, customer_id: int) -> list[Letter]:
        """Those of the thread that an echo may confirm, oldest first."""

    def forget(self, message_id: int) -> None:
        """Erase text and file: it was withdrawn."""

    def set_state(self, letter_id: int, state: str, attempts: int, due_ms: int | None) -> None:
        """Move on."""

    def pause(self, channel_id: int, until_ms: int) -> None:
        """Let nothing that waits for this channel go before then."""

    def recover(self, due_ms: int, leased_until_ms: int | None = None) -> None:
        """What was being sent, by a process that is gone or by one that late, is unconfirmed."""

    def next_due_ms(self) -> int | None:
        """When the next row falls due."""

    def states(self) -> dict[str, int]:
        """How many are on their way, by state."""


class UiEvents(Protocol):
    """The event stream; ids grow in the order of commits."""

    def add(
        self,
        audience: str,
        kind: str,
        data: Mapping[str, Any],
        conversation_id: int | None = None,
        message_id: int | None = None,
    ) -> None:
        """Append an event for `agent:<id>`, `service:<id>` or `session:<key>`; wakes listeners."""

    def after(self, audiences: Collection[str], cursor: int, limit: int) -> list[UiEvent]:
        """Events of these audiences after the cursor."""

    def last_id(self) -> int:
        """The newest id of all; 0 without any."""

    def floor(self) -> int:
        """Cursors below this one are too old."""

    def scrub(self, conversation_id: int, message_id: int, data: Mapping[str, Any]) -> None:
        """Let no older event tell the content of a message that is now `data`."""

    def prune(self, before_ms: int) -> None:
        """Forget old events."""


class Records(Protocol):
    """All records of one transaction."""

    @property
    def deliveries(self) -> Deliveries: ...  # noqa: D102
    @property
    def channels(self) -> Channels: ...  # noqa: D102
    @property
    def customers(self) -> Customers: ...  # noqa: D102
    @property
    def conversations(self) -> Conversations: ...  # noqa: D102
    @property
    def messages(self) -> Messages: ...  # noqa: D102
    @property
    def marks(self) -> Marks: ...  # noqa: D102
    @property
    def erasures(self) -> Erasures: ...  # noqa: D102
    @property
    def files(self) -> Files: ...  # noqa: D102
    @property
    def notes(self) -> Notes: ...  # noqa: D102
    @property
    def agents(self) -> Agents: ...  # noqa: D102
    @property
    def sessions(self) -> Sessions: ...  # noqa: D102
    @property
    def outbox(self) -> Outbox: ...  # noqa: D102
    @property
    def ui_events(self) -> UiEvents: ...  # noqa: D102
    @property
    def routing_log(self) -> RoutingLog: ...  # noqa: D102
    @property
    def services(self) -> Services: ...  # noqa: D102
    @property
    def statuses(self) -> Statuses: ...  # noqa: D102
    @property
    def legs(self) -> Legs: ...  # noqa: D102
    @property
    def spans(self) -> Spans: ...  # noqa: D102
    @property
    def samples(self) -> Samples: ...  # noqa: D102
    @property
    def attempts(self) -> AttemptBook: ...  # noqa: D102
    @property
    def deadlines(self) -> Deadlines: ...  # noqa: D102

    def wake(self, topic: str) -> None:
        """Ring this topic after the commit."""
