"""The verbs behind the Conversations API: which threads and messages may be read.

Source: meta-contract §5.4, §6.5 and §6.6.
"""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain import permissions, window
from fake_meta.domain.accounts import AccessLevel, Customer
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.identifiers import Igsid, StoryId
from fake_meta.domain.pages import Page, Placed, Span, page_of
from fake_meta.domain.requests_folder import has_vanished
from fake_meta.domain.threads import Folder, ThreadMessage
from fake_meta.world.business import BusinessVerbs
from fake_meta.world.recency import Recency
from fake_meta.world.state import CustomerRecord, conversation_id

READABLE_MESSAGES = 20
"""Only the newest messages of a thread can be read (meta-contract §5.4)."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread as the Conversations API shows it; `can_reply`: the window is open."""

    id: str
    customer: Customer
    updated_ms: int
    is_owner: bool
    message_count: int = 0
    unread_count: int = 0
    can_reply: bool = False


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """A message as `GET /{mid}` needs it; only a recent one can be read in detail."""

    message: ThreadMessage
    customer: Customer
    story_id: StoryId | None
    is_recent: bool = True


class ConversationVerbs(BusinessVerbs):
    """Reading threads by the Graph API; refusals are `GraphCallError`s."""

    def conversations(self, span: Span, *, in_requests: bool | None = None) -> Page[Conversation]:
        """The conversations that the app may see, the one with the newest message first.

        `in_requests` leaves only those in Instagram's Requests folder, or only the others.
        """
        with self._lock:
            self._check_permission()
            log = self._covered()

            def at(place: int) -> Placed[Conversation] | None:
                igsid = log.owner_at(place)
                if igsid is None:
                    return None
                record = self._inbox.by_igsid[igsid]
                if not self._shows(record) or not _is_asked_for(record, in_requests=in_requests):
                    return None
                return Placed(log.numbers[place], self._conversation(record))

            return page_of(len(log), log.places(span), at)

    def conversation_with(
        self, igsid: str, span: Span, *, in_requests: bool | None = None
    ) -> Page[Conversation]:
        """The same list cut down to one customer: a page of one, or of none."""
        with self._lock:
            self._check_permission()
            record = self._inbox.by_igsid.get(Igsid(igsid))
            if record is None or not self._shows(record):
                return Page(())
            if not _is_asked_for(record, in_requests=in_requests):
                return Page(())
            number = self._inbox.recency.number_of[record.customer.igsid]
            placed = Placed(number, self._conversation(record))
            first = Span(
                span.limit,
                None if span.after is None else int(number < span.after),
                None if span.before is None else -1 if number > span.before else 0,
            )
            return page_of(1, first, lambda _place: placed)

    def conversation(self, conversation_id: str) -> Conversation | None:
        """The conversation with this id; None when there never was one."""
        with self._lock:
            record = self._inbox.by_conversation.get(conversation_id)
            if record is None:
                return None
            self._check_visible(record, conversation_id)
            return self._conversation(record)

    def messages_of(self, conversation_id: str, span: Span) -> Page[MessageDetail]:
        """Messages of a conversation that stand, newest first."""
        with self._lock:
            record = self._inbox.by_conversation[conversation_id]
            count, first = record.thread.count, 0
            if self.choices.listed_messages == "newest_20":
                first = max(0, count - READABLE_MESSAGES)

            def at(place: int) -> Placed[MessageDetail] | None:
                detail = self._detail(record, first + place)
                return None if detail.message.unsent else Placed(first + place, detail)

            return page_of(count - first, _shifted(span, first), at)

    def read_message(self, mid: str) -> MessageDetail | None:
        """The message behind `mid`; None when there never was one.

        Raises MESSAGE_DELETED when it was unsent or is not one of the newest 20.
        """
        with self._lock:
            filed = self._filed(mid)
            if filed is None:
                return None
            self._check_visible(filed[0], mid)
            detail = self._detail(*filed)
            if detail.message.unsent or not detail.is_recent:
                raise GraphCallError(GraphError.MESSAGE_DELETED, id=mid)
            return detail

    def _covered(self) -> Recency[Igsid]:
        """The log that holds everybody whom the app may see, and few others."""
        if permissions.covers_everybody(
            self._state.app, self._rules.permission, self._state.choices
        ):
            return self._inbox.recency
        return self._inbox.recency_of_role_holders

    def _check_permission(self) -> None:
        if self._state.app.access[self._rules.permission] is AccessLevel.NONE:
            raise GraphCallError(self._rules.needs_permission)
        self.check_message_access()
        self._inbox.conversations_called = True

    def _check_visible(self, record: CustomerRecord, asked: str) -> None:
        self._check_permission()
        if not self._shows(record):
            raise GraphCallError(GraphError.MISSING_GET, id=asked)

    def _shows(self, record: CustomerRecord) -> bool:
        """The app may see this thread, and it has not vanished from Requests."""
        app, customer, choices = self._state.app, record.customer, self._state.choices
        if not record.thread.count:
            return False
        if permissions.refusal(app, customer, self._rules.permission, choices) is not None:
            return False
        if record.thread.folder is not Folder.REQUESTS:
            return True
        return not has_vanished(record.thread.updated_ms, self._clock.now_ms())

    def _conversation(self, record: CustomerRecord) -> Conversation:
        thread = record.thread
        return Conversation(
            id=conversation_id(self._inbox, thread),
            customer=record.customer,
            updated_ms=thread.updated_ms,
            is_owner=not self._is_controlled_elsewhere(thread),
            message_count=thread.count,
            unread_count=thread.unread,
            can_reply=window.is_open(thread.last_customer_action_ms, self._clock.now_ms()),
        )

    def _detail(self, record: CustomerRecord, place: int) -> MessageDetail:
        thread = record.thread
        message = self._message_at(record, place)
        is_recent = thread.count - place <= READABLE_MESSAGES
        story_id = thread.story_of.get(message.mid)
        return MessageDetail(message, record.customer, story_id, is_recent)


def _shifted(span: Span, by: int) -> Span:
    """The same span of a list that begins `by` places later."""
    after = None if span.after is None else max(0, span.after - by)
    return Span(span.limit, after, None if span.before is None else span.before - by)


def _is_asked_for(record: CustomerRecord, *, in_requests: bool | None) -> bool:
    return in_requests is None or in_requests is (record.thread.folder is Folder.REQUESTS)
