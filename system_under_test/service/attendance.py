"""Moves a conversation between its states, with the legs, times and log entries that follow.

Every way into and out of a position goes through here, so each move is logged (contact-centre R18)
and the one who loses a conversation is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from system_under_test.domain.conversations import ACTIVE, QUEUED, WRAP_UP, Conversation
from system_under_test.domain.measures import Measure
from system_under_test.domain.routing import Assignment
from system_under_test.service.announcer import Announcer
from system_under_test.service.floor_records import Placing
from system_under_test.service.ports import Clock
from system_under_test.service.records import Records

TIMERS = "worker:timers"
EndRule = Callable[[Records, Conversation, int], Conversation]


def end_conversation(records: Records, conversation: Conversation, now_ms: int) -> Conversation:
    """End it; its position is free in this very transaction (R9)."""
    return records.conversations.end(conversation.id, now_ms)


@dataclass(frozen=True, slots=True)
class Attendance:
    """What happens to a conversation between the queue and its end."""

    announcer: Announcer
    clock: Clock

    def seat(self, records: Records, assignment: Assignment, trigger: str) -> Conversation:
        """Give it to the agent, or offer it to one who accepts by hand (R6)."""
        now_ms = self.clock.now_ms()
        due_ms = None
        if assignment.offered:
            service = records.services.of_conversation(assignment.conversation_id)
            due_ms = now_ms + service.offer_ms
        conversation = records.conversations.seat(assignment, now_ms, due_ms)
        if due_ms is not None:
            records.wake(TIMERS)
        records.legs.open(conversation, now_ms)
        length = records.conversations.queue_lengths().get(conversation.service_id, 0)
        number = records.routing_log.add(trigger, conversation.service_id, length, assignment)
        records.agents.stamp(assignment.agent_id, number, now_ms)
        if conversation.state == ACTIVE:
            conversation = self._begin(records, conversation, now_ms)
        self.announcer.opened(records, conversation)
        return conversation

    def accept(self, records: Records, conversation: Conversation) -> Conversation:
        """The attendance of an offered conversation begins."""
        now_ms = self.clock.now_ms()
        accepted = records.conversations.activate(conversation.id, now_ms)
        accepted = self._begin(records, accepted, now_ms)
        self.log(records, accepted, "accepted", "accepted_by_hand")
        self.announcer.updated(records, accepted)
        return accepted

    def release(
        self, records: Records, conversation: Conversation, reason: str, placing: Placing
    ) -> Conversation:
        """Back to a queue with its original age, or on from one queue to another."""
        now_ms = self.clock.now_ms()
        self.log(records, conversation, reason, reason)
        if conversation.is_held:
            self.announcer.removed(records, conversation, reason)
            self._close_leg(records, conversation, now_ms, reason)
        released = records.conversations.release(conversation.id, placing)
        if placing.due_ms is not None:
            records.wake(TIMERS)
        if not conversation.is_held and released.service_id != conversation.service_id:
            self.announcer.queue_of(records, conversation.service_id)
        self.announcer.queue_of(records, released.service_id)
        return released

    def wrap_up(self, records: Records, conversation: Conversation) -> Conversation:
        """Over for the customer; the agent's position stays taken until it is finished (R9)."""
        now_ms = self.clock.now_ms()
        service = records.services.get(conversation.service_id)
        due_ms = now_ms + service.wrap_up_ms if service.wrap_up_ms else None
        wrapped = records.conversations.wrap_up(conversation.id, due_ms)
        records.legs.begin_wrap_up(conversation.id, now_ms)
        if due_ms is not None:
            records.wake(TIMERS)
        self.log(records, wrapped, "wrap_up", "wrap_up_begins")
        self.announcer.updated(records, wrapped)
        return wrapped

    def resume(self, records: Records, conversation: Conversation) -> Conversation:
        """The customer wrote during the wrap-up: the conversation goes on where it is."""
        now_ms = self.clock.now_ms()
        records.legs.begin_wrap_up(conversation.id, None)
        resumed = records.conversations.activate(conversation.id, now_ms)
        self.log(records, resumed, "arrived", "customer_wrote_in_wrap_up")
        self.announcer.updated(records, resumed)
        return resumed

    def end(
        self,
        records: Records,
        conversation: Conversation,
        reason: str,
        category: str | None = None,
        rule: EndRule = end_conversation,
    ) -> Conversation:
        """End it, wherever it is, by the console's rule, and book what follows from that."""
        now_ms = self.clock.now_ms()
        rule(records, conversation, now_ms)
        if conversation.is_held:
            self._close_leg(records, conversation, now_ms, "ended")
        if conversation.first_seated_ms is None:
            gave_up_ms = records.messages.all_unsent_ms(conversation.id) or now_ms
            waited_ms = gave_up_ms - conversation.opened_at_ms
            self._measure(records, conversation, Measure.ABANDONED, waited_ms)
        ended = records.conversations.book_end(conversation.id, reason, category)
        self.log(records, conversation, "ended", reason)
        self.announcer.ended(records, conversation)
        if conversation.state == QUEUED:
            self.announcer.queue_of(records, conversation.service_id)
        return ended

    def replied(self, records: Records, conversation: Conversation) -> None:
        """A human has answered the customer."""
        now_ms = self.clock.now_ms()
        if conversation.first_reply_ms is None:
            self._measure(
                records, conversation, Measure.FIRST_RESPONSE, now_ms - conversation.opened_at_ms
            )
        if conversation.waiting_since_ms is not None:
            since = max(conversation.waiting_since_ms, conversation.assigned_at_ms or 0)
            self._measure(records, conversation, Measure.IN_SLOT_REPLY, now_ms - since)
        idle_ms = records.services.get(conversation.service_id).idle_end_ms
        answered = records.conversations.answered(
            conversation.id, now_ms, idle_ms and now_ms + idle_ms
        )
        if conversation.waiting_since_ms is not None:
            self.announcer.updated(records, answered)  # the agent's clock of waiting stops
        if idle_ms:
            records.wake(TIMERS)

    def answered_elsewhere(self, records: Records, conversation: Conversation) -> None:
        """The company wrote from its phone or by another program: nobody waits any more, and no
        agent's answer is measured.
        """
        if conversation.waiting_since_ms is not None:
            self.announcer.updated(records, records.conversations.calm(conversation.id))

    def log(self, records: Records, conversation: Conversation, trigger: str, reason: str) -> None:
        """Write a move that the policy did not decide."""
        move = Assignment(
            conversation.id, conversation.agent_id or 0, conversation.slot or 0, reason
        )
        length = records.conversations.queue_lengths().get(conversation.service_id, 0)
        records.routing_log.add(trigger, conversation.service_id, length, move)

    def _begin(self, records: Records, conversation: Conversation, now_ms: int) -> Conversation:
        if conversation.first_seated_ms is not None:
            return conversation
        gave_up_ms = records.messages.all_unsent_ms(conversation.id)
        measure = Measure.QUEUE_WAIT if gave_up_ms is None else Measure.ABANDONED
        waited = (gave_up_ms or now_ms) - conversation.opened_at_ms
        self._measure(records, conversation, measure, waited)
        return records.conversations.first_seated(conversation.id, now_ms)

    def _close_leg(
        self, records: Records, conversation: Conversation, now_ms: int, outcome: str
    ) -> None:
        wrapped_ms = records.legs.close(conversation.id, now_ms, outcome)
        records.agents.rest(conversation.agent_id or 0, now_ms)
        if conversation.state == WRAP_UP and wrapped_ms is not None:
            self._measure(records, conversation, Measure.WRAP_UP, now_ms - wrapped_ms)
        if conversation.state in (ACTIVE, WRAP_UP) and conversation.assigned_at_ms is not None:
            handled = now_ms - conversation.assigned_at_ms
            self._measure(records, conversation, Measure.HANDLE_TIME, handled)

    def _measure(
        self, records: Records, conversation: Conversation, measure: Measure, value_ms: int
    ) -> None:
        measured = max(0, value_ms)  # the clock may have been set back meanwhile
        records.samples.add(
            measure, self.clock.now_ms(), measured, conversation.service_id, conversation.agent_id
        )
