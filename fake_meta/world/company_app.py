"""Verbs of the company's people in Instagram itself, and of other tools (meta-contract §3.4)."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain import events, messenger_threads
from fake_meta.domain.accounts import AccountType, Customer, Role
from fake_meta.domain.attachments import DRAWN_AS, WIRE_TYPES, WITHOUT_PAYLOAD
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError
from fake_meta.domain.events import EventName
from fake_meta.domain.identifiers import Igsid, new_thread_number
from fake_meta.domain.outgoing import Outgoing
from fake_meta.domain.threads import (
    Attachment,
    Folder,
    MessageKind,
    Origin,
    Sender,
    Surface,
    ThreadMessage,
)
from fake_meta.world.business import BusinessVerbs
from fake_meta.world.seeding import register
from fake_meta.world.state import CustomerRecord, ThreadRecord
from fake_meta.world.threads import WRITABLE_KINDS
from fake_meta.world.writing import Draft

MOST_ROWS = 50
MOST_SCANNED = 5000
"""A folder shows this many threads, found among this many places of the log."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A thread in the company's inbox."""

    customer: Customer
    last: ThreadMessage
    unread: int


class CompanyAppVerbs(BusinessVerbs):
    """What the company does without the app under test."""

    def write_as_company(
        self, username: str, text: str, kind: MessageKind, origin: Origin
    ) -> ThreadMessage:
        """Write to a customer in the Instagram app or with another tool; the app hears an echo."""
        if kind is MessageKind.TEXT and not text.strip():
            raise InvalidRequestError("a message needs a text that is not blank")
        if kind is not MessageKind.TEXT and kind not in WRITABLE_KINDS - {MessageKind.UNSUPPORTED}:
            raise InvalidRequestError(f"the company cannot send {kind}")
        with self._lock:
            record = self._writer(username)
            self._check_known(record)
            attachments = () if kind is MessageKind.TEXT else (self._own_attachment(kind),)
            new = record.thread.last_customer_mid is None
            record.thread.is_asked |= new and not record.customer.follows_business
            message = self._say(record, Outgoing(kind, text, attachments), origin)
            self._mark_read(record)
            return message

    def unsend_as_company(
        self, username: str, mid: str, surface: Surface = Surface.MOBILE
    ) -> ThreadMessage:
        """Unsend a message of the company; the website tells the app nothing (§9.1)."""
        with self._lock:
            record = self._record(username)
            message = self._standing(record, mid)
            if message.sender is not Sender.BUSINESS:
                raise NotAllowedError(f"the message {mid} is not the company's")
            gone = self._withdraw(record, message)
            item = events.echo_unsend_item(
                self._inbox.account.id,
                record.customer.igsid,
                gone.mid,
                self._clock.now_ms(),
                flag=self._deleted_flag,
            )
            event = self._event(record, EventName.ECHO_UNSEND, (gone.mid,), item)
            if self._is_on_messenger:
                self._journal_silence(event, messenger_threads.NO_DELETION)
            elif surface is Surface.MOBILE or self.choices.web_unsend == "event":
                self._emit(record.customer, [event])
            return gone

    def inbox_in(self, folder: Folder) -> tuple[InboxRow, ...]:
        """The newest threads of one folder, as the company's people see it."""
        with self._lock:
            log, rows = self._inbox.recency, list[InboxRow]()
            for place in range(len(log) - 1, max(-1, len(log) - 1 - MOST_SCANNED), -1):
                igsid = log.owner_at(place)
                record = None if igsid is None else self._inbox.by_igsid.get(igsid)
                if record is None or record.thread.folder is not folder or not record.thread.count:
                    continue
                last = self._message_at(record, record.thread.count - 1)
                rows.append(InboxRow(record.customer, last, record.thread.unread))
                if len(rows) == MOST_ROWS:
                    break
            return tuple(rows)

    def read_as_company(self, username: str) -> None:
        """The company's people open a thread; a request stays unseen (meta-contract §9.5)."""
        with self._lock:
            thread = self._record(username).thread
            if thread.folder in (None, Folder.REQUESTS) or not thread.unread:
                return
            self._mark_read(self._record(username))
            self._touch(thread)

    def accept_request(self, username: str) -> Folder:
        """Move a thread out of Requests in the Instagram app; that marks it seen (§9.5)."""
        with self._lock:
            thread = self._record(username).thread
            if thread.folder is not Folder.REQUESTS:
                raise NotAllowedError(f"the thread of {username} is not in Requests")
            thread.folder = Folder.GENERAL
            thread.company_seen = thread.last_customer_mid
            self._touch(thread)
            return thread.folder

    def write_to_oneself(self, text: str) -> ThreadMessage:
        """The company's account writes to itself, to test (`is_self`, meta-contract §3.2)."""
        with self._lock:
            draft = Draft(MessageKind.TEXT, text, is_self=True)
            return self._write(self._self_record(), [draft])[0]

    def set_message_access(self, *, is_on: bool) -> None:
        """The account's switch Allow access to messages (meta-contract §9.4)."""
        with self._lock:
            self._inbox.message_access = is_on

    @property
    def message_access(self) -> bool:
        """Whether the account lets apps at its messages."""
        with self._lock:
            return self._has_message_access

    @property
    def account_type(self) -> AccountType:
        """Business or Creator."""
        with self._lock:
            return self._inbox.account_type

    @property
    def is_eligible(self) -> bool:
        """The account may use the messaging API at all (meta-contract §7.3)."""
        with self._lock:
            return self._inbox.is_eligible

    @property
    def is_of_a_business(self) -> bool:
        """A Business owns the Page, so that listing it takes business_management (§6.6)."""
        with self._lock:
            return self._home.is_of_a_business

    def configure_account(
        self,
        account_type: AccountType | None = None,
        *,
        is_eligible: bool | None = None,
        is_of_a_business: bool | None = None,
    ) -> None:
        """Make the account another kind, (not) eligible, or its Page that of a Business.

        A new Creator has called nothing.
        """
        with self._lock:
            inbox = self._inbox
            if account_type is not None:
                inbox.account_type, inbox.conversations_called = account_type, False
            if is_eligible is not None:
                inbox.is_eligible = is_eligible
            if is_of_a_business is not None:
                self._home.is_of_a_business = is_of_a_business

    @property
    def account_gap(self) -> str | None:
        """Why the account itself lets nothing out, or None."""
        with self._lock:
            return self._account_gap()

    def _check_known(self, record: CustomerRecord) -> None:
        """On Messenger the person begins (meta-contract §4.5)."""
        if self._is_on_messenger and record.thread.last_customer_mid is None:
            raise NotAllowedError(
                f"{record.customer.username} never wrote to the Page on Messenger, where only "
                "the person begins a conversation (meta-contract §4.5)"
            )

    def _self_record(self) -> CustomerRecord:
        state, own = self._state, self._inbox.account
        known = self._inbox.by_igsid.get(Igsid(self._inbox.account.id))
        if known is not None:
            return known
        account = Customer(own.username, own.name, Igsid(own.id), "", Role.TESTER)
        record = CustomerRecord(account, ThreadRecord(new_thread_number(state.extras)))
        register(self._inbox, record)
        return record

    def _own_attachment(self, kind: MessageKind) -> Attachment:
        wire_type = WIRE_TYPES.get(kind, str(kind))
        if kind in WITHOUT_PAYLOAD:
            return Attachment(wire_type)
        url = self._new_asset(DRAWN_AS[kind], self._inbox.account.username)
        return Attachment(wire_type, {"url": url})
