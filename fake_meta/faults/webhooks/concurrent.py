"""Events of one thread at the same time (meta-contract §2.7)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    return replace(parcel, leaves_lane=True)


FAULT = webhook_fault(
    "concurrent",
    "Events of one thread are delivered at the same time instead of one after the other, also "
    "first messages of a new customer.",
    "2.7",
    _apply,
    quirks=(6,),
)
