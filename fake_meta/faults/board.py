"""Which faults are on, and what they make of the next event, call or read."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from fake_meta.domain.errors import UnknownFaultError
from fake_meta.domain.events import WebhookEvent
from fake_meta.faults.fault import Seam
from fake_meta.faults.plans import AssetPlan, CallPlan, Parcel
from fake_meta.faults.scope import CallKind, Scope
from fake_meta.faults.switched import SwitchedFault, read_wish

AnyPlan = TypeVar("AnyPlan", Parcel, CallPlan, AssetPlan)


class FaultBoard:
    """Switches with a lock of their own; chance comes from a seed, so a run can be repeated."""

    def __init__(self, seed: int) -> None:
        self._lock = threading.Lock()
        self._switched: dict[str, SwitchedFault] = {}
        self._made = 0
        self._chance = _chance(seed)
        self.has_webhook_faults = False
        self.has_graph_faults = False
        self.has_cdn_faults = False

    def switch_on(self, wish: Mapping[str, Any]) -> SwitchedFault:
        """Switch a fault on as a tester wishes."""
        with self._lock:
            switched = read_wish(str(self._made + 1), wish)
            self._made += 1
            self._switched[switched.id] = switched
            self._look()
            return replace(switched)

    def switch_off(self, fault_id: str) -> SwitchedFault:
        """Switch one off."""
        with self._lock:
            if fault_id not in self._switched:
                raise UnknownFaultError(f"no fault {fault_id!r} is on; see GET /_control/faults")
            gone = self._switched.pop(fault_id)
            self._look()
            return gone

    def clear(self, seed: int | None = None) -> None:
        """Switch all off; with a seed, chance begins anew."""
        with self._lock:
            self._switched.clear()
            if seed is not None:
                self._made, self._chance = 0, _chance(seed)
            self._look()

    def switched(self) -> tuple[SwitchedFault, ...]:
        """Those that are on, and those that struck as often as they should."""
        with self._lock:
            return tuple(replace(one) for one in self._switched.values())

    def parcel(self, event: WebhookEvent) -> Parcel:
        """What becomes of an event on its way."""
        return self._planned(Parcel(event), Seam.WEBHOOK, lambda scope: scope.covers_event(event))

    def call_plan(self, kind: CallKind, path: str, customer: Callable[[], str | None]) -> CallPlan:
        """What becomes of a Graph call."""
        return self._planned(
            CallPlan(), Seam.GRAPH, lambda scope: scope.covers_call(kind, path, customer)
        )

    def asset_plan(self, path: str) -> AssetPlan:
        """What becomes of a read of the CDN."""
        return self._planned(AssetPlan(), Seam.CDN, lambda scope: scope.covers_asset(path))

    def _planned(self, plan: AnyPlan, seam: Seam, covers: Callable[[Scope], bool]) -> AnyPlan:
        with self._lock:
            for one in self._switched.values():
                if one.fault.seam is seam and self._strikes(one, covers):
                    one.strike()
                    plan = one.fault.apply(plan, one.values)
                    plan = replace(plan, faults=(*plan.faults, one.fault.name))
            self._look()
        return plan

    def _strikes(self, one: SwitchedFault, covers: Callable[[Scope], bool]) -> bool:
        if one.is_over or not covers(one.scope):
            return False
        return one.probability >= 1 or self._chance.random() < one.probability

    def _look(self) -> None:
        """Keep in mind where nothing is on: those ways cost nothing."""
        seams = {one.fault.seam for one in self._switched.values() if not one.is_over}
        self.has_webhook_faults = Seam.WEBHOOK in seams
        self.has_graph_faults = Seam.GRAPH in seams
        self.has_cdn_faults = Seam.CDN in seams


def _chance(seed: int) -> random.Random:
    return random.Random(f"faults of {seed}")  # noqa: S311 - repeatable, no secret
