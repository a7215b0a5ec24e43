"""Verbs of the company's app: answering customers and reading messages by the Graph API."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain import events, permissions, window
from fake_meta.domain.accounts import Customer, Permission
from fake_meta.domain.events import EventName
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.identifiers import Igsid, Mid, StoryId
from fake_meta.domain.threads import MessageKind, Sender, ThreadMessage
from fake_meta.world.state import CustomerRecord
from fake_meta.world.threads import ThreadVerbs

READABLE_MESSAGES = 20
"""Only the newest messages of a thread can be read (meta-contract §5.4)."""


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """A message as `GET /{mid}` needs it."""

    message: ThreadMessage
    customer: Customer
    story_id: StoryId | None


class BusinessVerbs(ThreadVerbs):
    """What Graph calls do to threads; refusals are `GraphCallError`s."""

    def answer(self, igsid: str, text: str) -> ThreadMessage:
        """Write to a customer in the company's name, and echo it (meta-contract §3.4)."""
        return self._answer(igsid, MessageKind.TEXT, text)

    def answer_with_media(self, igsid: str, kind: MessageKind, url: str) -> ThreadMessage:
        """Send a picture, video, audio or file that lies at `url`."""
        return self._answer(igsid, kind, "", url)

    def check_reachable(self, igsid: str) -> Customer:
        """The customer behind `igsid` if a sender action may reach them, else the fault."""
        with self._lock:
            return self._reachable(igsid).customer

    def read_message(self, mid: str) -> MessageDetail | None:
        """The message behind `mid`; None when there never was one.

        Raises MESSAGE_DELETED when it was unsent or is not one of the newest 20.
        """
        with self._lock:
            record = self._state.by_mid.get(Mid(mid))
            if record is None:
                return None
            message = self._message(record, mid)
            age = len(record.thread.messages) - record.thread.position[message.mid]
            if message.unsent or age > READABLE_MESSAGES:
                raise GraphCallError(GraphError.MESSAGE_DELETED)
            return MessageDetail(message, record.customer, record.thread.story_of.get(message.mid))

    def _answer(
        self, igsid: str, kind: MessageKind, text: str, url: str | None = None
    ) -> ThreadMessage:
        with self._lock:
            record = self._reachable(igsid)
            message = ThreadMessage(
                self._new_mid(record), Sender.BUSINESS, kind, text, url, self._clock.now_ms()
            )
            self._append(record, message)
            item = events.echo_item(self._state.account.id, record.customer.igsid, message)
            self._emit(record.customer, [self._event(record, EventName.ECHO, (message.mid,), item)])
            return message

    def _reachable(self, igsid: str) -> CustomerRecord:
        state = self._state
        record = state.by_igsid.get(Igsid(igsid))
        if record is None:
            raise GraphCallError(GraphError.NO_MATCHING_CUSTOMER)
        refused = permissions.refusal(state.app, record.customer, Permission.MANAGE_MESSAGES)
        if refused is not None:
            raise GraphCallError(permissions.send_fault(state.app))
        if not window.is_open(record.thread.last_customer_action_ms, self._clock.now_ms()):
            raise GraphCallError(GraphError.OUTSIDE_WINDOW)
        return record
