"""Verbs of the company's app: answering customers by the Graph API."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.domain import events, messenger_threads, permissions, window
from fake_meta.domain.accounts import Customer
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.events import EventName
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.identifiers import Igsid, Mid
from fake_meta.domain.messaging_errors import MessagingError
from fake_meta.domain.outgoing import Download, Outgoing, Recipient
from fake_meta.domain.threads import (
    Attachment,
    Folder,
    MessageKind,
    Origin,
    Reaction,
    Sender,
    ThreadMessage,
)
from fake_meta.world.state import CustomerRecord
from fake_meta.world.threads import ThreadVerbs

TYPING_MS = 20_000
"""How long typing_on is shown when nothing follows."""


class BusinessVerbs(ThreadVerbs):
    """What Graph calls do to threads; refusals are `GraphCallError`s."""

    def answer(self, igsid: str, text: str) -> ThreadMessage:
        """Write to a customer in the company's name, and echo it (meta-contract §3.4)."""
        return self.send(Recipient(igsid), Outgoing(MessageKind.TEXT, text))[0]

    def send(self, recipient: Recipient, outgoing: Outgoing) -> tuple[ThreadMessage, Customer]:
        """Send anything to a customer, or to who wrote a comment; with its echo."""
        with self._lock:
            record = self._recipient(recipient)
            self._check_reply(record, outgoing.reply_to)
            if recipient.comment_id is not None:
                self._mark_answered(record, recipient.comment_id)
            message = self._say(record, outgoing, Origin.API)
            self._mark_read(record)
            return message, record.customer

    def check_recipient(self, recipient: Recipient) -> None:
        """Raise the fault that a send to this recipient would have, before its downloads."""
        with self._lock:
            self._recipient(recipient)

    def show_typing(self, igsid: str, *, is_typing: bool) -> Customer:
        """Show or hide that the company writes, for 20 s or until its message."""
        with self._lock:
            record = self._reachable(igsid)
            until_ms = self._clock.now_ms() + TYPING_MS if is_typing else 0
            record.thread.typing_until_ms = until_ms
            self._touch(record.thread)
            return record.customer

    def mark_seen(self, igsid: str) -> Customer:
        """Show the customer that the company has seen the messages (meta-contract §4.4)."""
        with self._lock:
            record = self._reachable(igsid)
            record.thread.company_seen = record.thread.last_customer_mid
            self._touch(record.thread)
            return record.customer

    def react_as_company(self, igsid: str, mid: str, reaction: Reaction | None) -> Customer:
        """React to a message by the Send API, or take it back; no echo (meta-contract §3.4)."""
        with self._lock:
            record = self._reachable(igsid)
            message = self._known(record, mid)
            self._react(record, message, reaction, Sender.BUSINESS)
            return record.customer

    def keep_upload(self, download: Download) -> str:
        """Keep a file for later messages: its `attachment_id` (meta-contract §4.3)."""
        with self._lock:
            attachment_id = self._new_extra_id("12")
            self._home.uploads[attachment_id] = download
            return attachment_id

    def upload(self, attachment_id: str) -> Download:
        """The file behind an `attachment_id`."""
        with self._lock:
            download = self._home.uploads.get(attachment_id)
            if download is None:
                raise GraphCallError(GraphError.ATTACHMENT_NOT_YOURS, id=attachment_id)
            return download

    def check_message_access(self) -> None:
        """Raise what every call about messages answers while access is off (§9.4)."""
        with self._lock:
            if not self._has_message_access:
                raise GraphCallError(GraphError.MESSAGE_ACCESS_OFF)
            if not self._inbox.is_eligible:
                raise GraphCallError(MessagingError.NOT_ELIGIBLE)

    def _say(self, record: CustomerRecord, outgoing: Outgoing, origin: Origin) -> ThreadMessage:
        """Append the company's message and echo it."""
        mid = self._new_mid(record)
        hosted = tuple(self._hosted(one, mid) for one in outgoing.downloads)
        attachments = outgoing.attachments + hosted
        message = ThreadMessage(
            mid,
            Sender.BUSINESS,
            outgoing.kind,
            outgoing.text,
            attachments[0].url if attachments else None,
            self._clock.now_ms(),
            attachments=attachments,
            reply_to=outgoing.reply_to,
            quick_replies=outgoing.quick_replies,
            origin=origin,
            persona=outgoing.persona,
        )
        self._append(record, message)
        record.thread.typing_until_ms = 0
        account, igsid = self._inbox.account.id, record.customer.igsid
        metadata = outgoing.metadata if self._is_on_messenger else None
        item = events.echo_item(account, igsid, message, self._told_sender(origin), metadata)
        self._emit(record.customer, [self._event(record, EventName.ECHO, (mid,), item)])
        if self._is_on_messenger:
            item = messenger_threads.delivery_item(account, igsid, mid, message.timestamp_ms)
            self._emit(record.customer, [self._event(record, EventName.DELIVERY, (mid,), item)])
        return message

    def _told_sender(self, origin: Origin) -> str | None:
        """The app that an echo names as its sender; Instagram itself is no app."""
        if self._is_on_messenger:
            app, second = self._state.app.id, self._state.second_app_id
            return messenger_threads.echo_sender(origin, app, second)
        if self._state.choices.echo_app_id == "absent":
            return None
        senders = {Origin.API: self._state.app.id, Origin.OTHER_TOOL: self._state.second_app_id}
        return senders.get(origin)

    def _hosted(self, download: Download, mid: Mid) -> Attachment:
        """What Meta downloaded lies on its own CDN; what it did not stays where it was.

        Messenger's echo names an upload by its number (meta-contract §4.3).
        """
        url = download.url
        if download.content is not None:
            url = self._new_hosted_asset(str(download.kind), download.content, mid)
        payload: dict[str, str | int] = {"url": url}
        if download.upload is not None and self._is_on_messenger:
            payload["attachment_id"] = int(download.upload)
        return Attachment(str(download.kind), payload)

    def _mark_read(self, record: CustomerRecord) -> None:
        """An answer by the API: all is read, and the thread leaves Requests (§4.4)."""
        thread = record.thread
        thread.read_count, thread.unread = thread.count, 0
        thread.company_seen = thread.last_customer_mid
        if thread.folder in (None, Folder.REQUESTS):
            thread.folder = Folder.GENERAL

    def _check_reply(self, record: CustomerRecord, mid: Mid | None) -> None:
        if mid is not None:
            self._known(record, mid)

    def _known(self, record: CustomerRecord, mid: str) -> ThreadMessage:
        filed = self._filed(mid)
        if filed is not None and filed[0] is record:
            message = self._message_at(*filed)
            if not message.unsent:
                return message
        raise GraphCallError(GraphError.INVALID_MESSAGE_DATA)

    def _recipient(self, recipient: Recipient) -> CustomerRecord:
        if recipient.comment_id is not None:
            return self._commenter(recipient.comment_id, is_post=recipient.is_post)
        if recipient.user_ref is not None:
            return self._opted_in(recipient.user_ref)
        return self._reachable(recipient.igsid or "", tagged=recipient.is_tagged)

    def _reachable(self, igsid: str, *, tagged: bool = False) -> CustomerRecord:
        inbox = self._inbox
        self.check_message_access()
        record = inbox.by_igsid.get(Igsid(igsid))
        if record is None:
            raise GraphCallError(self._rules.unknown_person)
        self._check_allowed(record)
        length = window.HUMAN_AGENT_WINDOW_MS if tagged else window.STANDARD_WINDOW_MS
        acted_ms = record.thread.last_customer_action_ms
        if not window.is_open(acted_ms, self._clock.now_ms(), length) and igsid != inbox.account.id:
            never = acted_ms is None
            rules = self._rules
            raise GraphCallError(rules.never_wrote if never else rules.outside_window)
        return record

    def _check_allowed(self, record: CustomerRecord) -> None:
        state, rules = self._state, self._rules
        refused = permissions.refusal(state.app, record.customer, rules.permission, state.choices)
        if refused is not None:
            raise GraphCallError(permissions.send_fault(state.app, rules))
        if record.customer.blocks_business:
            raise GraphCallError(GraphError.CUSTOMER_UNAVAILABLE)
        if self._is_controlled_elsewhere(record.thread):
            raise GraphCallError(rules.other_app_controls)

    def _opted_in(self, user_ref: str) -> CustomerRecord:
        """Who ticked the checkbox, for a day; it says nothing of their thread (§4.5)."""
        opted = self._inbox.opted_in.get(user_ref)
        if opted is None:
            raise GraphCallError(self._rules.unknown_person)
        record = self._inbox.customers[opted.username]
        self._check_allowed(record)
        if not window.is_open(opted.at_ms, self._clock.now_ms()):
            raise GraphCallError(self._rules.outside_window)
        return record

    def _commenter(self, comment_id: str, *, is_post: bool) -> CustomerRecord:
        """Who wrote the comment, if it may still be answered privately (meta-contract §4.5)."""
        inbox = self._inbox
        self.check_message_access()
        comment = inbox.comments.get(comment_id)
        if comment is None or comment.is_post is not is_post:
            raise GraphCallError(GraphError.COMMENT_INVALID)
        age_ms = self._clock.now_ms() - comment.created_ms
        broadcast = comment.media_type is MediaType.LIVE
        is_over = broadcast and inbox.media[comment.media_id].is_over
        if is_over or age_ms >= window.PRIVATE_REPLY_WINDOW_MS:
            raise GraphCallError(GraphError.COMMENT_INVALID)
        if comment.is_answered:
            raise GraphCallError(GraphError.COMMENT_ANSWERED)
        record = inbox.by_igsid[comment.igsid]
        if self._is_on_messenger and record.customer.blocks_business:
            raise GraphCallError(MessagingError.COMMENTER_RESTRICTED)
        self._check_allowed(record)
        return record

    def _mark_answered(self, record: CustomerRecord, comment_id: str) -> None:
        inbox = self._inbox
        inbox.comments[comment_id] = replace(inbox.comments[comment_id], is_answered=True)
        new = record.thread.last_customer_mid is None
        is_request = new and not record.customer.follows_business
        record.thread.is_asked |= is_request and not self._is_on_messenger
