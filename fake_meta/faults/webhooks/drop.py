"""An event that Meta never sends (meta-contract §2.7)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    return replace(parcel, is_dropped=True)


FAULT = webhook_fault(
    "drop",
    "The event is never delivered; the app can learn of it from the Conversations API only.",
    "2.7",
    _apply,
)
