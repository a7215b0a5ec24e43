"""A message of which nothing is told (meta-contract §3.2, §12 row 24)."""

from __future__ import annotations

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    if "message" not in parcel.event.item:
        return parcel
    message = {"mid": parcel.event.mids[0], "is_unsupported": True}
    return parcel.with_item({**parcel.event.item, "message": message})


FAULT = webhook_fault(
    "bare_unsupported",
    "A message comes as is_unsupported and says nothing else; a video story is told like this.",
    "3.2",
    _apply,
    quirks=(12, 24),
)
