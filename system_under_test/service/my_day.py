"""What an agent has done since a moment, which the agent's browser says is the morning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from system_under_test.domain.measures import Measure
from system_under_test.service.ports import Clock, Store

LONGEST_MS = 36 * 3_600_000  # a day, in any time zone and with any change of the clock


@dataclass(frozen=True, slots=True)
class MyDay:
    """Counts what is measured anyway, of one agent."""

    store: Store
    clock: Clock

    def since(self, agent_id: int, since_ms: int) -> dict[str, Any]:
        """Conversations ended by the agent and the mean first response, null without any."""
        now_ms = self.clock.now_ms()
        from_ms = min(max(since_ms, now_ms - LONGEST_MS), now_ms)
        with self.store.reading() as records:
            handled = records.legs.count_ended(agent_id, from_ms)
            count, mean_ms = records.samples.mean_of(Measure.FIRST_RESPONSE, agent_id, from_ms)
        return {
            "since_ms": from_ms,
            "handled": handled,
            "first_responses": count,
            "first_response_ms": mean_ms,
        }
