"""Deadlines of every table, each with how far ahead its rule can put it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    and_,
    bindparam,
    case,
    exists,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.engine import Connection

from system_under_test.adapters.columns import Id
from system_under_test.adapters.schema import (
    channel,
    conversation,
    customer,
    outbox,
    service,
    session,
)
from system_under_test.domain.conversations import ACTIVE, OFFERED, QUEUED, WRAP_UP
from system_under_test.domain.deadlines import SKEW_MS
from system_under_test.domain.graph_errors import LONGEST_DELAY_MS
from system_under_test.service.outbox import ECHO_WAIT_MS, SENDING_MS
from system_under_test.service.presence import LEASE_MS
from system_under_test.service.profiles import LONGEST_PROFILE_DELAY_MS
from system_under_test.service.tokens import LONGEST_TOKEN_DELAY_MS
from system_under_test.service.transfers import WAIT_MS

_NOW: Any = bindparam("now_ms", type_=Id)
_ALL_ROWS = true()


@dataclass(frozen=True, slots=True)
class _Rule:
    """`due` of the rows `which` is at most `longest` ms ahead; it is brought back to `back`."""

    due: Column[int]
    longest: Any
    back: Any
    which: ColumnElement[bool] = _ALL_ROWS

    @property
    def strayed(self) -> ColumnElement[bool]:
        """The first condition is one that an index can answer."""
        late = self.due > _NOW + self.longest + SKEW_MS
        return and_(self.due > _NOW + SKEW_MS, late, self.which)


def _as_set(name: str) -> Any:
    """A time that the conversation's service has as a setting."""
    return (
        select(service.c[name]).where(service.c.id == conversation.c.service_id).scalar_subquery()
    )


_HOLDING = case(
    (conversation.c.state == OFFERED, _as_set("offer_ms")),
    (conversation.c.state == WRAP_UP, _as_set("wrap_up_ms")),
    (conversation.c.state == ACTIVE, _as_set("idle_end_ms")),
    (conversation.c.state == QUEUED, WAIT_MS),
    else_=0,
)
_SENDING = case(
    (outbox.c.state == "sending", SENDING_MS),
    (outbox.c.state == "unconfirmed", ECHO_WAIT_MS),
    else_=0,  # what waits for its next attempt has waited long enough
)
_RULES = (
    _Rule(outbox.c.due_ms, max(SENDING_MS, ECHO_WAIT_MS, LONGEST_DELAY_MS), _SENDING),
    _Rule(customer.c.profile_due_ms, LONGEST_PROFILE_DELAY_MS, 0),
    _Rule(session.c.lease_until_ms, LEASE_MS, LEASE_MS, session.c.ended_ms.is_(None)),
    # People get their whole time anew; a setting that was switched off ends nothing now.
    _Rule(conversation.c.due_ms, _HOLDING, _HOLDING, _HOLDING > 0),
    _Rule(channel.c.token_due_ms, LONGEST_TOKEN_DELAY_MS, LONGEST_TOKEN_DELAY_MS),
    _Rule(channel.c.recheck_ms, 0, 0),
)
_ANY = select(or_(*(exists().where(rule.strayed) for rule in _RULES)))
_BRING_BACK = [
    update(rule.due.table).where(rule.strayed).values({rule.due.name: _NOW + rule.back})
    for rule in _RULES
]


class DeadlineRows:
    """Implements service.deadline_records.Deadlines."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def any_strayed(self, now_ms: int) -> bool:
        """Whether one lies further ahead than its rule can put it now."""
        return bool(self._connection.scalar(_ANY, {"now_ms": now_ms}))

    def bring_back(self, now_ms: int) -> int:
        """Put such ones where their rule would put them now; how many there were."""
        moved = 0
        for statement in _BRING_BACK:
            moved += self._connection.execute(statement, {"now_ms": now_ms}).rowcount
        return moved
