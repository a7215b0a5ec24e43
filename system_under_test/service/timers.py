"""What happens by itself when its time has come (contact-centre R6, R8, R9, R12, R13, R20).

Every deadline is a row, so a restart forgets none, and the clock is passed in, so tests do not
wait. The presence lease is such a row too: who stays away longer than the grace gives back. After
a gap (the database was away, the machine slept, the clock was changed) the grace begins anew:
nobody could renew a lease meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from system_under_test.domain.conversations import WRAP_UP, Conversation
from system_under_test.domain.statuses import NOT_ANSWERING
from system_under_test.service.floor_records import Placing
from system_under_test.service.ports import Clock, Store
from system_under_test.service.queue_limit import give_up, overdue
from system_under_test.service.records import Records
from system_under_test.service.router import Router

STAY = "stay"
_BATCH = 100
_LOOK_MS = 2_000  # how late an absence, an opening or a changed set-up is noticed
_GAP_MS = 60_000


@dataclass(slots=True)
class Timers:
    """A worker's step; `grace_ms` begins with the end of the presence lease (R12)."""

    store: Store
    clock: Clock
    router: Router
    grace_ms: int = 120_000
    on_disconnect: str = "requeue"
    _since_ms: int = field(default=0)
    _looked_ms: int = field(default=0)

    def __post_init__(self) -> None:
        # While nobody served, nobody could be present.
        self._since_ms = self._looked_ms = self.clock.now_ms()

    def run_due(self) -> int | None:
        """Do what is due; milliseconds until the next look."""
        now_ms = self.clock.now_ms()
        if not 0 <= now_ms - self._looked_ms <= _GAP_MS:
            self._since_ms = now_ms
        with self.store.reading() as records:
            due = records.conversations.due(now_ms, _BATCH)
            absent = self._absent(records, now_ms)
            waited = overdue(records, now_ms, _BATCH)
            next_ms = records.conversations.next_due_ms()
            routable = self._can_route(records, now_ms)
            lapsed = records.spans.lapsed(now_ms)
        self._looked_ms = now_ms  # not before: without the database nobody has looked
        if due or absent or waited or routable or lapsed:
            with self.store.writing() as records:
                self._work_off(records, now_ms)
        if _BATCH in (len(due), len(waited)):
            return 0
        return _LOOK_MS if next_ms is None else max(1, min(next_ms - now_ms, _LOOK_MS))

    def _work_off(self, records: Records, now_ms: int) -> None:
        records.spans.close_lapsed(now_ms)
        for conversation in records.conversations.due(now_ms, _BATCH):
            self._expire(records, conversation)
        for agent_id in self._absent(records, now_ms):
            release_all(records, self.router, agent_id, "agent_absent")
        self.router.run(records, "timer")
        for conversation in overdue(records, now_ms, _BATCH):  # nobody was free for them
            give_up(records, self.router, conversation, now_ms)

    def _expire(self, records: Records, conversation: Conversation) -> None:
        match conversation.state:
            case "offered":
                refuse_offer(records, self.router, conversation, "offer_expired")
                agent_id = conversation.agent_id or 0
                agent = records.agents.set_status(agent_id, NOT_ANSWERING, self.clock.now_ms())
                self.router.announcer.status(records, agent)
            case "wrap_up":
                self.router.attendance.end(records, conversation, "wrap_up_expired")
            case "active":
                self.router.attendance.end(records, conversation, "customer_silent")
            case "queued":
                placing = Placing(conversation.service_id, refused_by=conversation.refused_by)
                self.router.attendance.release(records, conversation, "waited_for_agent", placing)
            case state:
                raise AssertionError(f"a conversation in the state {state} waits for nothing")

    def _absent(self, records: Records, now_ms: int) -> list[int]:
        before_ms = now_ms - self.grace_ms
        if self.on_disconnect == STAY or self._since_ms > before_ms:
            return []
        return records.agents.absent(before_ms)

    def _can_route(self, records: Records, now_ms: int) -> bool:
        # A service has opened, or another program has changed the set-up: nobody ran the router.
        waiting = records.conversations.queue_lengths()
        if not any(one.id in waiting and one.is_open(now_ms) for one in records.services.all()):
            return False
        return bool(self.router.eligible(records))


def refuse_offer(
    records: Records, router: Router, conversation: Conversation, reason: str
) -> Conversation:
    """Back to the queue with its age; the agent gets it again only if nobody else can (R6).

    When everybody who can take it has let it pass, the round begins anew with the others: whoever
    has just let it pass comes last, however little they hold.
    """
    agent_id = conversation.agent_id or 0
    others = {
        load.agent_id
        for load in router.eligible(records)
        if load.free_slots and conversation.service_id in load.services
    } - {agent_id}
    refused = conversation.refused_by | {agent_id}
    if others and others <= refused:
        refused = frozenset({agent_id})
    placing = Placing(conversation.service_id, refused_by=refused)
    return router.attendance.release(records, conversation, reason, placing)


def release_all(records: Records, router: Router, agent_id: int, reason: str) -> None:
    """Take everything from an agent: open conversations to the queue, wrap-ups to their end."""
    for conversation in records.conversations.held_by(agent_id):
        if conversation.state == WRAP_UP:
            router.attendance.end(records, conversation, reason)
        else:
            placing = Placing(conversation.service_id, refused_by=conversation.refused_by)
            router.attendance.release(records, conversation, reason, placing)
