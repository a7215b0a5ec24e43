"""The history of a load run: what was observed, one event a line (NDJSON), judged afterwards.

Times are milliseconds since the epoch, by one clock for the customers and agents and by the
emulator's clock for its journal; both run on one machine. An event says who saw or did what and
nothing about whether that was right. docs/load-report.md lists the events.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

SCHEMA: Final = "homolog-load-history/1"


class HistoryError(ValueError):
    """A line of a history means nothing; the text names file, line and trouble."""


class Observed(BaseModel):
    """One thing that was done or seen at `at_ms`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at_ms: float


class RunStarted(Observed):
    """The first line: who was on the floor."""

    kind: Literal["run_started"] = "run_started"
    history: Literal["homolog-load-history/1"] = SCHEMA
    customers: int
    agents: int
    positions: int
    seed: int
    target: str


class CustomerArrived(Observed):
    """A customer exists; the console knows the person by `igsid`."""

    kind: Literal["customer_arrived"] = "customer_arrived"
    customer: str
    igsid: str


class CustomerSent(Observed):
    """A customer wrote; `order` counts this customer's messages from 1."""

    kind: Literal["customer_sent"] = "customer_sent"
    customer: str
    mid: str
    order: int


class WebhookAnswered(Observed):
    """One attempt to deliver, from the emulator's journal; `status` None: no answer came."""

    kind: Literal["webhook_answered"] = "webhook_answered"
    seq: int
    mids: tuple[str, ...]
    attempt: int
    status: int | None
    duration_ms: float
    reason: str | None = None

    @property
    def answered_ms(self) -> float:
        """When the attempt was over."""
        return self.at_ms + self.duration_ms

    @property
    def is_acknowledged(self) -> bool:
        """The console took responsibility (meta-contract §2.6: only 200 counts)."""
        return self.status == 200


class WebhookWithheld(Observed):
    """Meta did not deliver on purpose; `reason` in the emulator's words."""

    kind: Literal["webhook_withheld"] = "webhook_withheld"
    mids: tuple[str, ...]
    reason: str


class JournalGap(Observed):
    """Entries of the emulator's journal were forgotten before they were read."""

    kind: Literal["journal_gap"] = "journal_gap"
    missing: int


class ConversationOpened(Observed):
    """A conversation appeared on an agent's stream; `customer` is None for an unknown IGSID."""

    kind: Literal["conversation_opened"] = "conversation_opened"
    agent: str
    conversation: str
    customer: str | None
    slot: int | None


class AgentSaw(Observed):
    """A customer's message appeared on an agent's stream, alone or with its conversation."""

    kind: Literal["agent_saw"] = "agent_saw"
    agent: str
    conversation: str
    message: str
    mid: str | None
    slot: int | None


class AgentReplied(Observed):
    """An agent pressed Send; `reply` is a word that occurs in this answer only."""

    kind: Literal["agent_replied"] = "agent_replied"
    agent: str
    conversation: str
    reply: str
    status: int
    duration_ms: float

    @property
    def is_accepted(self) -> bool:
        """The console promised to deliver it."""
        return 200 <= self.status < 300


class EndPressed(Observed):
    """An agent pressed End."""

    kind: Literal["end_pressed"] = "end_pressed"
    agent: str
    conversation: str
    status: int
    duration_ms: float


class ConversationEnded(Observed):
    """The agent's stream said that a conversation is over."""

    kind: Literal["conversation_ended"] = "conversation_ended"
    agent: str
    conversation: str


class ConversationRead(Observed):
    """A conversation as the console keeps it after End: the customer's messages in its order."""

    kind: Literal["conversation_read"] = "conversation_read"
    agent: str
    conversation: str
    mids: tuple[str, ...]


class CustomerGotReply(Observed):
    """A customer found an answer in the thread; `landed_ms` is when Instagram took it."""

    kind: Literal["customer_got_reply"] = "customer_got_reply"
    customer: str
    mid: str
    reply: str
    landed_ms: float


class ThreadRead(Observed):
    """A customer's thread after everything: its answers in order, each with its `landed_ms`."""

    kind: Literal["thread_read"] = "thread_read"
    customer: str
    replies: tuple[tuple[str, float], ...]


class SlotsSeen(Observed):
    """An agent's positions and the queue; a number stands once for each conversation in it."""

    kind: Literal["slots_seen"] = "slots_seen"
    agent: str
    slots: tuple[tuple[int, str], ...]
    queue_length: int


class Routed(Observed):
    """One line of the console's routing log, `seq` as the console numbers it (R18)."""

    kind: Literal["routed"] = "routed"
    seq: int
    decision: Literal["queued", "assigned", "released", "other"]
    conversation: str | None
    agent: str | None
    slot: int | None
    reason: str
    service: str | None = None


class StreamBroken(Observed):
    """An agent's stream ended and was opened again after the last event seen."""

    kind: Literal["stream_broken"] = "stream_broken"
    agent: str
    reason: str


class RunClosed(Observed):
    """The last line: `drained` when nobody waited and nothing came any more; `reason` tells what
    had not happened until then, drained or not.
    """

    kind: Literal["run_closed"] = "run_closed"
    drained: bool
    queue_length: int
    reason: str


Event = Annotated[
    RunStarted
    | CustomerArrived
    | CustomerSent
    | WebhookAnswered
    | WebhookWithheld
    | JournalGap
    | ConversationOpened
    | AgentSaw
    | AgentReplied
    | EndPressed
    | ConversationEnded
    | ConversationRead
    | CustomerGotReply
    | ThreadRead
    | SlotsSeen
    | Routed
    | StreamBroken
    | RunClosed,
    Field(discriminator="kind"),
]
_EVENT: TypeAdapter[Observed] = TypeAdapter(Event)
Kind = TypeVar("Kind", bound=Observed)


class History:
    """Events in the order in which they were recorded."""

    def __init__(self, events: Iterable[Observed]) -> None:
        self.events = tuple(events)
        self._by_type: defaultdict[type[Observed], list[Observed]] = defaultdict(list)
        for event in self.events:
            self._by_type[type(event)].append(event)

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """All events of one kind, in order."""
        return cast("tuple[Kind, ...]", tuple(self._by_type[kind]))

    def __len__(self) -> int:
        return len(self.events)


def written(event: Observed) -> str:
    """The event as one line without its end."""
    return event.model_dump_json()


def parsed(lines: Iterable[str], source: str = "history") -> Iterator[Observed]:
    """The events of those lines; empty lines are skipped. Raises HistoryError."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _EVENT.validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the line"
            raise HistoryError(
                f"{source}:{number}: {where}: {first['msg']}, got {str(first['input'])[:120]!r}"
            ) from error


def read_history(path: Path) -> History:
    """The history in that file. Raises HistoryError, also when the file cannot be read."""
    try:
        with path.open(encoding="utf-8") as lines:
            return History(parsed(lines, str(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise HistoryError(f"{path}: cannot be read: {error}") from error
