"""What the console could not work off by itself: shown to supervisors, who may try it again.

Deliveries in quarantine are bodies that nobody understood or that failed (contact-centre C.4 case
8); dead letters are replies that Meta refused for good or never confirmed (D.4). Beside them stands
what needs no repair: events of threads that another app owns (case 18), the dashboard's tests (15).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from system_under_test.domain.quarantine import kind_of
from system_under_test.service.delivery_records import Aside, Quarantined
from system_under_test.service.handlers import INBOX
from system_under_test.service.ports import Clock, Store
from system_under_test.service.records import Letter, Records
from system_under_test.service.replies import check_window, repeat_reply
from system_under_test.service.router import Router

_MOST = 100
_SHOWN_CHARACTERS = 2000


class NothingToRepairError(Exception):
    """No such delivery or reply, or it is in order meanwhile; the text says which."""


@dataclass(frozen=True, slots=True)
class Repairs:
    """The supervisor's way with what was left over."""

    store: Store
    clock: Clock
    router: Router

    def listed(self) -> dict[str, Any]:
        """The newest deliveries in quarantine, dead letters, and events that were set aside."""
        with self.store.reading() as records:
            return {
                "quarantine": [_delivery(one) for one in records.deliveries.quarantined(_MOST)],
                "dead_letters": [self._letter(records, one) for one in records.outbox.dead(_MOST)],
                "aside": [_aside(one) for one in records.deliveries.aside(_MOST)],
            }

    def replay(self, delivery_id: int) -> None:
        """Let the inbox take a delivery again; what it has done already it does not do twice."""
        with self.store.writing() as records:
            if not records.deliveries.reopen(delivery_id):
                raise NothingToRepairError(
                    f"delivery {delivery_id} is not in quarantine, or its body was erased"
                )
            records.wake(INBOX)

    def send_again(self, message_id: int) -> dict[str, Any]:
        """Send a dead letter once more, also where the conversation has ended."""
        with self.store.writing() as records:
            letter = records.outbox.of_message(message_id)
            if letter is None or letter.state not in ("failed", "lost"):
                raise NothingToRepairError(f"message {message_id} is no dead letter")
            conversation = records.conversations.one(letter.conversation_id)
            message = records.messages.get(message_id)
            if message.deleted:
                raise NothingToRepairError(f"message {message_id} was withdrawn")
            now_ms = self.clock.now_ms()
            check_window(records, conversation, now_ms)
            announcer = self.router.announcer
            again = repeat_reply(records, announcer, conversation, message, now_ms)
            return announcer.views.message(again)

    def _letter(self, records: Records, letter: Letter) -> dict[str, Any]:
        customer = records.customers.get(letter.customer_id)
        views = self.router.announcer.views
        return {
            "conversation_id": str(letter.conversation_id),
            "name": views.name(records, customer),
            "channel": views.channel(records.channels.get(customer.channel_id)),
            "attempts": letter.attempts,
            "unconfirmed": letter.state == "lost",
            "message": views.message(records.messages.get(letter.message_id)),
        }


def _delivery(one: Quarantined) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "received_ms": one.received_ms,
        "why": kind_of(one.note),
        "note": one.note,
        "body": one.raw.decode("utf-8", "replace")[:_SHOWN_CHARACTERS],
        "bytes": len(one.raw),
        "replayable": bool(one.raw),
    }


def _aside(one: Aside) -> dict[str, Any]:
    return {
        "id": str(one.delivery_id),
        "received_ms": one.received_ms,
        "kind": one.kind,
        "body": one.raw.decode("utf-8", "replace")[:_SHOWN_CHARACTERS],
        "bytes": len(one.raw),
    }
