"""Locust as a library: one class for the agents, one for the customers, one local runner."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from locust.env import Environment
from locust.runners import LocalRunner
from locust.stats import StatsEntry

from harness.load.agents import AgentUser
from harness.load.customers import CustomerUser
from harness.load.floor import Floor
from harness.load.shift import Shift
from reports.load_record import RequestRow

SPAWN_PER_S = 100


class Crowd:
    """Everybody who makes requests during one run."""

    def __init__(self, floor: Floor, shift: Shift) -> None:
        plan = shift.plan
        agents = type(
            "Agents",
            (AgentUser,),
            {
                "host": floor.console_url,
                "shift": shift,
                "roster": floor.roster,
                "fixed_count": plan.agents,
            },
        )
        customers = type(
            "Customers",
            (CustomerUser,),
            {"host": floor.meta.base_url, "shift": shift, "fixed_count": plan.customers},
        )
        self._size = plan.agents + plan.customers
        self._environment = Environment(user_classes=[agents, customers])
        listen: Callable[[Any], None] = self._environment.events.user_error.add_listener
        listen(_reporter(shift))
        self._runner: LocalRunner = self._environment.create_local_runner()

    def __enter__(self) -> Self:
        self._runner.start(self._size, spawn_rate=SPAWN_PER_S)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runner.quit()

    @property
    def requests_made(self) -> int:
        """All requests so far."""
        return int(self._environment.stats.total.num_requests)

    def rows(self) -> tuple[RequestRow, ...]:
        """What Locust counted, one row a kind of request."""
        entries = self._environment.stats.entries.values()
        return tuple(_row(entry) for entry in sorted(entries, key=lambda entry: str(entry.name)))


def _reporter(shift: Shift) -> Any:
    def report(user_instance: object, exception: BaseException, tb: TracebackType) -> None:
        del user_instance, tb
        shift.fail(exception)

    return report


def _row(entry: StatsEntry) -> RequestRow:
    return RequestRow(
        name=str(entry.name),
        count=int(entry.num_requests),
        failures=int(entry.num_failures),
        p50_ms=float(entry.get_response_time_percentile(0.5) or 0),
        p95_ms=float(entry.get_response_time_percentile(0.95) or 0),
        p99_ms=float(entry.get_response_time_percentile(0.99) or 0),
        max_ms=float(entry.max_response_time),
    )
