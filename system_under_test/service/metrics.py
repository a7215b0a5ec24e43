"""The figures of the last minutes, for supervisors and for whoever plans the floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from system_under_test.domain import metrics
from system_under_test.domain.measures import Measure
from system_under_test.domain.statuses import Status
from system_under_test.service.measure_records import Sample
from system_under_test.service.ports import Clock, Store
from system_under_test.service.records import Records
from system_under_test.service.status_records import receiving

MOST_MINUTES = 7 * 24 * 60
THRESHOLD_S = 20  # the usual 80/20, or as the caller says


@dataclass(frozen=True, slots=True)
class Metrics:
    """Reads what was measured and sums it up."""

    store: Store
    clock: Clock
    statuses: tuple[Status, ...]

    def report(self, minutes: int, threshold_s: int) -> dict[str, Any]:
        """Figures of all services together and of each, for the minutes until now."""
        now_ms = self.clock.now_ms()
        period = (now_ms - minutes * 60_000, now_ms)
        with self.store.reading() as records:
            samples = records.samples.within(*period)
            services = records.services.all()
            occupancy = self._occupancy(records, period)
        handled = sum(one.kind == Measure.HANDLE_TIME.key for one in samples)
        return {
            "from_ms": period[0],
            "until_ms": now_ms,
            "threshold_s": threshold_s,
            "all": {
                **_figures(samples, threshold_s),
                "slot_occupancy": occupancy.slots,
                "agent_occupancy": occupancy.agents,
                "adjusted_handle_time_ms": occupancy.held_ms / handled if handled else None,
            },
            "services": [
                {
                    "name": service.name,
                    **_figures([s for s in samples if s.service_id == service.id], threshold_s),
                }
                for service in services
            ],
            "definitions": dict(metrics.FIGURES),
        }

    def _occupancy(self, records: Records, period: metrics.Period) -> metrics.Occupancy:
        routable = records.spans.within(*period, receiving(records, self.statuses))
        return metrics.occupancy(records.legs.within(*period), routable, period)


def _figures(samples: Sequence[Sample], threshold_s: int) -> dict[str, Any]:
    values = {
        measure: [one.value_ms for one in samples if one.kind == measure.key] for measure in Measure
    }
    waits, abandoned = values[Measure.QUEUE_WAIT], values[Measure.ABANDONED]
    return {
        **{f"{measure.key}_ms": asdict(metrics.summarise(values[measure])) for measure in Measure},
        "service_level": metrics.service_level(waits, abandoned, threshold_s * 1000),
        "abandonment": metrics.abandonment(waits, abandoned),
    }
