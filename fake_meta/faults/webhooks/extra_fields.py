"""Fields that nobody documented (meta-contract §2.3)."""

from __future__ import annotations

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    item = dict(parcel.event.item)
    message = item.get("message")
    if isinstance(message, dict):
        item["message"] = {**message, **_STRANGE}
    return parcel.with_item({**item, **_STRANGE})


_STRANGE = {"hop_context": [{"app_id": 1, "metadata": ""}], "is_eligible_for_ai": None}


FAULT = webhook_fault(
    "extra_fields",
    "The event has fields that no documentation names, simple and nested.",
    "2.3",
    _apply,
    quirks=(30,),
)
