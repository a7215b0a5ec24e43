"""Media that is gone (meta-contract §3.3, §9.2)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import cdn_fault
from fake_meta.faults.plans import AssetPlan, Values


def _apply(plan: AssetPlan, _values: Values) -> AssetPlan:
    return replace(plan, is_missing=True)


FAULT = cdn_fault(
    "missing_media",
    "The CDN answers 404 without body, as for a story after 24 hours or an old profile picture.",
    "9.2",
    _apply,
    quirks=(11,),
)
