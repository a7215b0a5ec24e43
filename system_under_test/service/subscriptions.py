"""Installs the app on every Page, whenever the server starts (meta-contract §2.1.2).

Without it no event is ever delivered and nobody says so; it is repeated until it succeeds.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from system_under_test.domain.graph_errors import FIRST_DELAY_MS, LONGEST_DELAY_MS
from system_under_test.service.ports import GraphApi, GraphFailureError, Store

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Subscriptions:
    """Remembers, for this run of the process, which Pages are done."""

    store: Store
    graph: GraphApi
    _done: set[tuple[str, str]] = field(default_factory=set)
    _failures: int = 0

    def subscribe(self) -> int | None:
        """Subscribe what is not yet; milliseconds until the next try, None when all is done."""
        with self.store.reading() as records:
            channels = records.channels.all()
        missing = [one for one in channels if (one.page_id, one.token) not in self._done]
        for channel in missing:
            try:
                self.graph.subscribe_page(channel)
            except GraphFailureError as failure:
                self._failures += 1
                _log.warning("Page %s is not subscribed yet: %s", channel.page_id, failure.reason)
                return min(FIRST_DELAY_MS << min(self._failures, 10), LONGEST_DELAY_MS)
            self._done.add((channel.page_id, channel.token))
        self._failures = 0
        return None
