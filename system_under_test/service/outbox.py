"""Sends replies: row first, then Meta, then Meta's id (contact-centre D.4).

Meta knows no idempotency key and a repeated call sends twice (meta-contract §4.4), so a call whose
end is unknown is never repeated: its echo settles it, or the agent is told that it is unconfirmed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from system_under_test.domain.agents import Channel
from system_under_test.domain.conversations import ACTIVE
from system_under_test.domain.customers import Customer
from system_under_test.domain.graph_errors import (
    LONGEST_DELAY_MS,
    TOO_MANY_CODES,
    Fate,
    retry_delay_ms,
)
from system_under_test.domain.messages import Part
from system_under_test.domain.windows import WindowClosedError, tag_for
from system_under_test.service.announcer import Announcer
from system_under_test.service.channel_health import note_failure, note_success
from system_under_test.service.handlers import confirm
from system_under_test.service.ports import Clock, GraphApi, GraphFailureError, Store
from system_under_test.service.records import Letter, Records

ECHO_WAIT_MS = 10_000
SENDING_MS = 30_000  # longer than a call may last: after it the sending process is gone
_UNCONFIRMED = "unconfirmed"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends one due reply a call; replies of one thread leave in order."""

    store: Store
    clock: Clock
    graph: GraphApi
    announcer: Announcer

    def recover(self) -> None:
        """After a restart nobody knows how the calls ended that this only process was making."""
        with self.store.writing() as records:
            records.outbox.recover(self.clock.now_ms() + ECHO_WAIT_MS)

    def send_next(self) -> int | None:
        """Send one; 0 when there may be more, else milliseconds until the next is due."""
        now_ms = self.clock.now_ms()
        with self.store.reading() as records:
            idle = records.outbox.due(now_ms) is None
            overdue = records.outbox.overdue(now_ms)
            next_ms = records.outbox.next_due_ms()
        if overdue:
            self._give_up(now_ms)
        if idle:
            return None if next_ms is None else max(1, next_ms - now_ms)
        claimed = self._claim(now_ms)
        if claimed is not None:
            self._send(*claimed)
        return 0

    def _claim(self, now_ms: int) -> tuple[Letter, Channel, Customer] | None:
        with self.store.writing() as records:
            letter = records.outbox.due(now_ms)
            if letter is None:
                return None
            records.outbox.set_state(letter.id, "sending", letter.attempts + 1, now_ms + SENDING_MS)
            customer = records.customers.get(letter.customer_id)
            return letter, records.channels.get(customer.channel_id), customer

    def _send(self, letter: Letter, channel: Channel, customer: Customer) -> None:
        try:
            mid = self._call(letter, channel, customer)
        except GraphFailureError as failure:
            _log.warning("reply %d: %s", letter.message_id, failure.reason)
            with self.store.writing() as records:
                now_ms = self.clock.now_ms()
                note_failure(records, self.announcer, channel, failure, now_ms)
                self._fail(records, letter, failure)
                if failure.code in TOO_MANY_CODES:
                    pause_ms = retry_delay_ms(letter.attempts + 1) or LONGEST_DELAY_MS
                    records.outbox.pause(channel.id, now_ms + pause_ms)
            return
        with self.store.writing() as records:
            note_success(records, self.announcer, channel, self.clock.now_ms())
            confirm(records, self.announcer, letter, mid)

    def _call(self, letter: Letter, channel: Channel, customer: Customer) -> str:
        try:
            # Decided at the last moment: a reply may have waited for a long time.
            tag = tag_for(customer.window_ms, self.clock.now_ms(), by_human=letter.by_human)
        except WindowClosedError as closed:
            raise GraphFailureError(Fate.PERMANENT, str(closed)) from closed
        if letter.url is not None:
            part = Part(letter.kind, letter.url)
            return self.graph.send_media(channel, customer.igsid, part, tag)
        return self.graph.send_text(channel, customer.igsid, letter.text, tag)

    def _fail(self, records: Records, letter: Letter, failure: GraphFailureError) -> None:
        current = records.outbox.of_message(letter.message_id)
        if current is None or current.state not in ("sending", "unconfirmed"):
            return  # its echo has settled it meanwhile, or the agent was told and sends it again
        attempts = letter.attempts + 1
        now_ms = self.clock.now_ms()
        delay = retry_delay_ms(attempts)
        if failure.fate is Fate.UNSURE:
            records.outbox.set_state(letter.id, "unconfirmed", attempts, now_ms + ECHO_WAIT_MS)
        elif failure.fate is Fate.RETRY and delay is not None:
            records.outbox.set_state(letter.id, "pending", attempts, now_ms + delay)
        else:
            self._refuse(records, letter, "failed", failure.reason)

    def _give_up(self, now_ms: int) -> None:
        with self.store.writing() as records:
            records.outbox.recover(now_ms + ECHO_WAIT_MS, leased_until_ms=now_ms)
            for letter in records.outbox.overdue(now_ms):
                self._refuse(records, letter, "lost", _UNCONFIRMED)

    def _refuse(self, records: Records, letter: Letter, state: str, reason: str) -> None:
        records.outbox.set_state(letter.id, state, letter.attempts, None)
        message = records.messages.settle(letter.message_id, "failed", reason, None)
        conversation = records.conversations.one(letter.conversation_id)
        self.announcer.message(records, conversation, message, is_new=False)
        since_ms = records.messages.unanswered_since(conversation.id)
        if conversation.state == ACTIVE and since_ms is not None:
            # It was no answer after all: the customer waits as long as before.
            self.announcer.updated(records, records.conversations.waits(conversation.id, since_ms))
