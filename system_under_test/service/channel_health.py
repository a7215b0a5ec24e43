"""Which channel cannot be written through, because Meta no longer takes its token.

Messages still arrive meanwhile (contact-centre C.4 cases 62 and 63): only a sentence is kept, which
every agent of the service sees until a call succeeds again.
"""

from __future__ import annotations

from system_under_test.domain.agents import Channel
from system_under_test.domain.graph_errors import TOKEN_CODES
from system_under_test.service.announcer import Announcer
from system_under_test.service.handlers import PROFILES
from system_under_test.service.ports import GraphFailureError
from system_under_test.service.records import Records


def note_failure(
    records: Records,
    announcer: Announcer,
    channel: Channel,
    failure: GraphFailureError,
    now_ms: int,
) -> None:
    """Flag the channel when it was its token that failed."""
    if failure.code not in TOKEN_CODES or records.channels.get(channel.id).trouble:
        return
    announcer.channel(records, records.channels.flag(channel.id, failure.reason, now_ms))


def note_success(records: Records, announcer: Announcer, channel: Channel, now_ms: int) -> None:
    """A call has succeeded: whatever was wrong is right again, and names can be asked for."""
    if records.channels.get(channel.id).trouble:
        announcer.channel(records, records.channels.flag(channel.id, None, None))
        records.customers.plan_nameless(channel.id, now_ms)
        records.wake(PROFILES)
