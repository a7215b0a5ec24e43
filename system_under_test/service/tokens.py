"""Keeps the tokens of Instagram Login alive: 60 days each, good to refresh after one (§6.2).

A token is refreshed when half of its life is over, so that there are weeks for trying again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from system_under_test.domain.agents import INSTAGRAM_LOGIN, Channel
from system_under_test.service.announcer import Announcer
from system_under_test.service.channel_health import note_failure, note_success
from system_under_test.service.ports import Clock, GraphApi, GraphFailureError, Store

TOKENS = "worker:tokens"
HOUR_MS = 3_600_000
FIRST_MS = 25 * HOUR_MS  # a token younger than a day cannot be refreshed
_AGAIN_MS = HOUR_MS
LONGEST_TOKEN_DELAY_MS = 30 * 24 * HOUR_MS  # half of the longest life that Meta gives
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Refreshes one due token a call."""

    store: Store
    clock: Clock
    graph: GraphApi
    announcer: Announcer

    def refresh_next(self) -> int | None:
        """Refresh one; 0 when there may be more, else milliseconds until the next look."""
        now_ms = self.clock.now_ms()
        with self.store.reading() as records:
            due = [one for one in records.channels.all() if _is_due(one, now_ms)]
        if not due:
            return None
        channel = self._claim(due[0].id, now_ms)
        if channel is not None:
            self._refresh(channel)
        return 0

    def _claim(self, channel_id: int, now_ms: int) -> Channel | None:
        """The channel, if it is this process that refreshes it now."""
        with self.store.writing() as records:
            channel = records.channels.get(channel_id)
            if not _is_due(channel, now_ms):
                return None
            is_new = channel.token_due_ms is None
            records.channels.plan_token(channel_id, now_ms + (FIRST_MS if is_new else _AGAIN_MS))
            return None if is_new else channel

    def _refresh(self, channel: Channel) -> None:
        try:
            new = self.graph.refresh_token(channel)
        except GraphFailureError as failure:
            _log.warning("the token of @%s was not refreshed: %s", channel.username, failure.reason)
            with self.store.writing() as records:
                note_failure(records, self.announcer, channel, failure, self.clock.now_ms())
            return
        due_ms = self.clock.now_ms() + max(new.life_s * 1000 // 2, FIRST_MS)
        with self.store.writing() as records:
            records.channels.renew_token(channel.id, channel.token, new.token, due_ms)
            note_success(records, self.announcer, channel, self.clock.now_ms())


def _is_due(channel: Channel, now_ms: int) -> bool:
    if channel.flavour != INSTAGRAM_LOGIN:
        return False
    return channel.token_due_ms is None or channel.token_due_ms <= now_ms
