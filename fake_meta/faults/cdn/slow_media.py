"""Media that takes its time."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import cdn_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import AssetPlan, Values


def _apply(plan: AssetPlan, values: Values) -> AssetPlan:
    return replace(plan, delay_s=values["seconds"])


FAULT = cdn_fault(
    "slow_media",
    "The CDN answers so many seconds (real time) after it was asked.",
    "3.3",
    _apply,
    parameters=(Parameter("seconds", "real seconds", 3.0, 0.001, 120),),
)
