"""Installs the app on every Page, whenever the server starts (meta-contract §2.1.2).

Without it no event is ever delivered and nobody says so; it is repeated until it succeeds. For a
channel whose token was refused the same call asks, from time to time, whether all is well again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from system_under_test.domain.agents import Channel
from system_under_test.domain.graph_errors import FIRST_DELAY_MS, LONGEST_DELAY_MS
from system_under_test.service.announcer import Announcer
from system_under_test.service.channel_health import note_failure, note_success
from system_under_test.service.ports import Clock, GraphApi, GraphFailureError, Store

_ASK_AGAIN_MS = 30_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Wish:
    page_id: str
    token: str
    fields: tuple[str, ...]


@dataclass(slots=True)
class Subscriptions:
    """Remembers, for this run of the process, which Pages are done, and when it asked last.

    A Page has one list of fields for all its inboxes: each channel asks for what all of them need.
    """

    store: Store
    clock: Clock
    graph: GraphApi
    announcer: Announcer
    _done: set[_Wish] = field(default_factory=set)
    _asked_ms: dict[_Wish, int] = field(default_factory=dict)
    _failures: int = 0

    def subscribe(self) -> int | None:
        """Subscribe what is not yet; milliseconds until the next try, None when all is done."""
        with self.store.reading() as records:
            channels = records.channels.all()
        wishes = [(one, _Wish(one.page_id, one.token, _fields(one, channels))) for one in channels]
        missing = [(one, wish) for one, wish in wishes if self._is_due(one, wish)]
        # One bad channel must not keep the others from being heard.
        failed = [one for one, wish in missing if not self._subscribe(one, wish)]
        self._failures = self._failures + 1 if failed else 0
        if failed:
            return min(FIRST_DELAY_MS << min(self._failures, 10), LONGEST_DELAY_MS)
        return None

    def _is_due(self, channel: Channel, wish: _Wish) -> bool:
        last_ms = self._asked_ms.get(wish)
        if last_ms is not None and last_ms < channel.recheck_ms:
            return True
        if not channel.trouble:
            return wish not in self._done
        # A clock that was set back has asked in the future.
        return last_ms is None or not 0 <= self.clock.now_ms() - last_ms < _ASK_AGAIN_MS

    def _subscribe(self, channel: Channel, wish: _Wish) -> bool:
        now_ms = self.clock.now_ms()
        self._asked_ms[wish] = now_ms
        try:
            self.graph.subscribe_page(channel, wish.fields)
        except GraphFailureError as failure:
            _log.warning("Page %s is not subscribed yet: %s", channel.page_id, failure.reason)
            with self.store.writing() as records:
                note_failure(records, self.announcer, channel, failure, now_ms)
            return False
        self._done.add(wish)
        if channel.trouble:
            with self.store.writing() as records:
                note_success(records, self.announcer, channel, now_ms)
        return True


def _fields(channel: Channel, channels: Iterable[Channel]) -> tuple[str, ...]:
    """What the inboxes of the channel's Page need, each field once."""
    inboxes = (one.medium for one in channels if one.page_id == channel.page_id)
    return tuple(dict.fromkeys(name for medium in inboxes for name in medium.page_fields))
