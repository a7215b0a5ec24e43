"""Customers who have waited too long in a queue: told so if that is wished, and ended (B.2).

Off unless a service says how long. It counts what could have been attended: not while the service
is closed, and not a conversation that an agent has had, which waits for going on. For figures who
is ended so gave up: messaging knows no hang-up.
"""

from __future__ import annotations

from system_under_test.domain.conversations import Conversation
from system_under_test.domain.messages import Content
from system_under_test.domain.windows import WindowClosedError, tag_for
from system_under_test.service.records import Records
from system_under_test.service.replies import Reply, queue_reply
from system_under_test.service.router import Router

REASON = "waited_too_long"


def overdue(records: Records, now_ms: int, limit: int) -> list[Conversation]:
    """Whose time in the queue is over, at most so many of a service."""
    found: list[Conversation] = []
    for service in records.services.all():
        before_ms = now_ms - service.queue_limit_ms
        if not service.queue_limit_ms or not service.is_open(now_ms):
            continue
        if service.hours.opened_ms(now_ms) <= before_ms:
            found += records.conversations.unreached(service.id, before_ms, limit)
    return found


def give_up(records: Records, router: Router, conversation: Conversation, now_ms: int) -> None:
    """End it as too long in the queue; the service's text goes first where Meta lets a machine."""
    service = records.services.get(conversation.service_id)
    customer = records.customers.get(conversation.customer_id)
    if service.queue_text and _may_write(customer.window_ms, now_ms):
        author = router.announcer.views.text_of("message.automatic")
        reply = Reply(Content("text", service.queue_text), author, by_human=False)
        queue_reply(records, router.announcer, conversation, reply, now_ms)
    router.attendance.end(records, conversation, REASON)


def _may_write(window_ms: int | None, now_ms: int) -> bool:
    try:
        tag_for(window_ms, now_ms, by_human=False)
    except WindowClosedError:
        return False
    return True
