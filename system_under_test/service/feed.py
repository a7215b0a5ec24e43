"""The event stream of one session: resumable, in the order of commits, without gaps (D.1)."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from system_under_test.domain.agents import Session, SessionLife
from system_under_test.service.announcer import (
    agent_audience,
    service_audience,
    session_audience,
)
from system_under_test.service.desk import queue_length
from system_under_test.service.ports import Doorbell, Store
from system_under_test.service.presence import Presence
from system_under_test.service.records import Records, UiEvent

_PAGE = 200
_HEARTBEAT_S = 15.0
_SAFETY_S = 5.0  # another process may have written without a ring


class TooManyStreamsError(Exception):
    """Every thread that may serve a stream does so already."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Events after a cursor; with `reset` the client must fetch its state anew."""

    events: tuple[UiEvent, ...]
    cursor: int
    reset: bool = False
    ended: bool = False
    more: bool = False


@dataclass(slots=True)
class Feed:
    """Reads events and counts open streams, so that streams never take the last threads."""

    store: Store
    bell: Doorbell
    presence: Presence
    most_streams: int
    life: SessionLife
    _open: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def newest(self) -> int:
        """The cursor of the present."""
        with self.store.reading() as records:
            return records.ui_events.last_id()

    def read(self, session: Session, after: int) -> Batch:
        """At most 200 events after the cursor."""
        with self.store.reading() as records:
            current = records.sessions.get(session.key)
            current = current and current.at(self.presence.clock.now_ms(), self.life)
            ended = current is None or current.end_reason is not None
            last = records.ui_events.last_id()
            if after < records.ui_events.floor() or after > last:
                return Batch((), last, reset=True, ended=ended)
            audiences = self._audiences(records, session)
            events = records.ui_events.after(audiences, after, _PAGE)
            more = len(events) == _PAGE
            cursor = events[-1].id if more else max(last, after)
            events = _with_own_queue(records, session, events)
        if current is not None and not ended:
            self.presence.touch(current)
        return Batch(tuple(events), cursor, ended=ended, more=more)

    def follow(self, session: Session, after: int) -> Iterator[Batch | None]:
        """A first None, then batches as they come; None is a heartbeat.

        Ends with the session or the process. TooManyStreamsError comes at the first step.
        """
        self._enter(session)
        try:
            yield None
            yield from self._follow(session, after)
        finally:
            self._leave(session)

    def _follow(self, session: Session, after: int) -> Iterator[Batch | None]:
        with self.store.reading() as records:
            audiences = self._audiences(records, session)
        listener = self.bell.listen(audiences)
        silent_s = 0.0
        try:
            while not self.bell.is_stopped:
                batch = self.read(session, after)
                after = batch.cursor
                if batch.events or batch.reset:
                    silent_s = 0.0
                    yield batch
                if batch.ended:
                    return
                if not batch.more and not listener.wait(_SAFETY_S):
                    silent_s += _SAFETY_S
                if silent_s >= _HEARTBEAT_S:
                    silent_s = 0.0
                    yield None
        finally:
            listener.close()

    def _audiences(self, records: Records, session: Session) -> list[str]:
        services = records.agents.services(session.agent_id)
        return [
            agent_audience(session.agent_id),
            session_audience(session.key),
            *(service_audience(service) for service in services),
        ]

    def _enter(self, session: Session) -> None:
        with self._lock:
            if self._open.total() >= self.most_streams:
                raise TooManyStreamsError
            self._open[session.key] += 1

    def _leave(self, session: Session) -> None:
        with self._lock:
            self._open[session.key] -= 1
            if not self._open[session.key]:
                del self._open[session.key]


def _with_own_queue(records: Records, session: Session, events: list[UiEvent]) -> list[UiEvent]:
    """An agent of several services is told the sum, and only the latest of a page."""
    lengths = [event for event in events if event.type == "queue"]
    if not lengths:
        return events
    latest = UiEvent(lengths[-1].id, "queue", {"length": queue_length(records, session.agent_id)})
    kept = [event for event in events if event.type != "queue"]
    return sorted([*kept, latest], key=lambda event: event.id)
