"""Installs the app on every Page, whenever the server starts (meta-contract §2.1.2).

Without it no event is ever delivered and nobody says so; it is repeated until it succeeds. For a
channel whose token was refused the same call asks, from time to time, whether all is well again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from system_under_test.domain.agents import Channel
from system_under_test.domain.graph_errors import FIRST_DELAY_MS, LONGEST_DELAY_MS
from system_under_test.service.announcer import Announcer
from system_under_test.service.channel_health import note_failure, note_success
from system_under_test.service.ports import Clock, GraphApi, GraphFailureError, Store

_ASK_AGAIN_MS = 30_000
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Subscriptions:
    """Remembers, for this run of the process, which Pages are done, and when it asked last."""

    store: Store
    clock: Clock
    graph: GraphApi
    announcer: Announcer
    _done: set[tuple[str, str]] = field(default_factory=set)
    _asked_ms: dict[tuple[str, str], int] = field(default_factory=dict)
    _failures: int = 0

    def subscribe(self) -> int | None:
        """Subscribe what is not yet; milliseconds until the next try, None when all is done."""
        with self.store.reading() as records:
            channels = records.channels.all()
        missing = [one for one in channels if self._is_due(one)]
        # One bad channel must not keep the others from being heard.
        failed = [one for one in missing if not self._subscribe(one)]
        self._failures = self._failures + 1 if failed else 0
        if failed:
            return min(FIRST_DELAY_MS << min(self._failures, 10), LONGEST_DELAY_MS)
        return None

    def _is_due(self, channel: Channel) -> bool:
        key = (channel.page_id, channel.token)
        last_ms = self._asked_ms.get(key)
        if last_ms is not None and last_ms < channel.recheck_ms:
            return True
        if not channel.trouble:
            return key not in self._done
        return last_ms is None or self.clock.now_ms() - last_ms >= _ASK_AGAIN_MS

    def _subscribe(self, channel: Channel) -> bool:
        now_ms, key = self.clock.now_ms(), (channel.page_id, channel.token)
        self._asked_ms[key] = now_ms
        try:
            self.graph.subscribe_page(channel)
        except GraphFailureError as failure:
            _log.warning("Page %s is not subscribed yet: %s", channel.page_id, failure.reason)
            with self.store.writing() as records:
                note_failure(records, self.announcer, channel, failure, now_ms)
            return False
        self._done.add(key)
        if channel.trouble:
            with self.store.writing() as records:
                note_success(records, self.announcer, channel)
        return True
