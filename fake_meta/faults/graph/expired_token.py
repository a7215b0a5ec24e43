"""A token that is over (meta-contract §6.3)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import graph_fault
from fake_meta.faults.plans import CallPlan, Values


def _apply(plan: CallPlan, _values: Values) -> CallPlan:
    return replace(plan, error=(190, 463))


FAULT = graph_fault(
    "expired_token",
    "The call is not made; the answer is 190/463, as if the token had expired. The token lives.",
    "6.3",
    _apply,
)
