"""Where messages are: filed in the archive, found by thread and place, or by mid."""

from __future__ import annotations

from fake_meta.domain.errors import UnknownMessageError
from fake_meta.domain.threads import Sender, ThreadMessage
from fake_meta.world.bound import BoundWorld
from fake_meta.world.state import CustomerRecord, ThreadRecord


class FilingCore(BoundWorld):
    """Messages of the inbox's threads."""

    def _append(self, record: CustomerRecord, message: ThreadMessage) -> None:
        thread = record.thread
        self._state.archive.add(thread.key, thread.count, message)
        thread.count += 1
        thread.updated_ms = message.timestamp_ms
        if message.sender is Sender.CUSTOMER:
            thread.last_customer_mid = message.mid
            thread.unread += 1
        else:
            thread.last_company_mid = message.mid
        self._move_up(record)
        self._touch(thread)

    def _change(self, record: CustomerRecord, message: ThreadMessage) -> None:
        """Put the message in the place of what it was."""
        thread, place = record.thread, self._place(record, message.mid)
        if message.unsent and message.sender is Sender.CUSTOMER and place >= thread.read_count:
            thread.unread -= 1
        self._state.archive.change(thread.key, place, message)
        self._touch(thread)

    def _move_up(self, record: CustomerRecord) -> None:
        """The thread becomes the newest of the Conversations API (meta-contract §5.4)."""
        inbox, customer = self._inbox, record.customer
        inbox.messages_made += 1
        inbox.recency.put(inbox.messages_made, customer.igsid)
        if customer.has_role:
            inbox.recency_of_role_holders.put(inbox.messages_made, customer.igsid)

    def _touch(self, thread: ThreadRecord) -> None:
        thread.revision += 1
        thread.snapshot = None

    def _message(self, record: CustomerRecord, mid: str) -> ThreadMessage:
        return self._message_at(record, self._place(record, mid))

    def _message_at(self, record: CustomerRecord, place: int) -> ThreadMessage:
        return self._state.archive.at(record.thread.key, place)

    def _place(self, record: CustomerRecord, mid: str) -> int:
        """Which message of the thread this is; UnknownMessageError when it is none of them."""
        thread, place = self._state.archive.place_of(mid) or (None, 0)
        if thread != record.thread.key:
            raise UnknownMessageError(
                f"the thread of {record.customer.username} has no message {mid!r}"
            )
        return place

    def _filed(self, mid: str) -> tuple[CustomerRecord, int] | None:
        """In whose thread of this inbox the message is, and where; None when in none."""
        thread, place = self._state.archive.place_of(mid) or (0, 0)
        record = self._inbox.by_thread.get(thread)
        return None if record is None else (record, place)
