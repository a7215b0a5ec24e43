"""Fetches customers' names; nobody waits for it (contact-centre C.4 cases 31 to 34).

A conversation appears at once under the name that is known; the profile arrives as an update. So a
slow or failing profile call delays no conversation and no other thread.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from system_under_test.domain.agents import Channel
from system_under_test.domain.customers import Customer, Profile
from system_under_test.domain.graph_errors import LONGEST_DELAY_MS, Fate, retry_delay_ms
from system_under_test.service.announcer import Announcer
from system_under_test.service.channel_health import note_failure, note_success
from system_under_test.service.ports import Clock, GraphApi, GraphFailureError, Store

_CLAIM_MS = 30_000
_PATIENCE = 4  # a profile is less urgent than a reply
LONGEST_PROFILE_DELAY_MS = max(_CLAIM_MS, LONGEST_DELAY_MS * _PATIENCE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profiles:
    """Fetches one due profile a call."""

    store: Store
    clock: Clock
    graph: GraphApi
    announcer: Announcer

    def fetch_next(self) -> int | None:
        """Fetch one; 0 when there may be more, else milliseconds until the next is due."""
        now_ms = self.clock.now_ms()
        with self.store.reading() as records:
            if records.customers.due(now_ms) is None:
                next_ms = records.customers.next_due_ms()
                return None if next_ms is None else max(1, next_ms - now_ms)
        claimed = self._claim(now_ms)
        if claimed is not None:
            self._fetch(*claimed)
        return 0

    def _claim(self, now_ms: int) -> tuple[Customer, Channel] | None:
        with self.store.writing() as records:
            customer = records.customers.due(now_ms)
            if customer is None:
                return None
            # Another worker must not take it; a process that dies meanwhile leaves it due again.
            attempts = customer.profile_attempts + 1
            records.customers.plan_profile(customer.id, attempts, now_ms + _CLAIM_MS)
            return customer, records.channels.get(customer.channel_id)

    def _fetch(self, customer: Customer, channel: Channel) -> None:
        attempts = customer.profile_attempts + 1
        try:
            profile = self.graph.profile(channel, customer.igsid)
        except GraphFailureError as failure:
            _log.warning("profile of customer %d: %s", customer.id, failure.reason)
            delay = None if failure.fate is Fate.PERMANENT else retry_delay_ms(attempts)
            due_ms = None if delay is None else self.clock.now_ms() + delay * _PATIENCE
            with self.store.writing() as records:
                now_ms = self.clock.now_ms()
                note_failure(records, self.announcer, channel, failure, now_ms)
                records.customers.plan_profile(customer.id, attempts, due_ms)
            return
        self._save(customer, channel, profile)

    def _save(self, customer: Customer, channel: Channel, profile: Profile) -> None:
        with self.store.writing() as records:
            note_success(records, self.announcer, channel, self.clock.now_ms())
            records.customers.plan_profile(customer.id, 0, None)
            records.customers.save_profile(customer.id, profile)
            conversation = records.conversations.open_of(customer.id)
            if conversation is not None:
                self.announcer.updated(records, conversation)
