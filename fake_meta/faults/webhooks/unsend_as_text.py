"""An unsend whose flag is a text (meta-contract §3.2, §12 row 2)."""

from __future__ import annotations

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    message = {**parcel.event.item["message"], "is_deleted": "true"}
    return parcel.with_item({**parcel.event.item, "message": message})


FAULT = webhook_fault(
    "unsend_as_text",
    'An unsend says `"is_deleted": "true"`, as older documentation prints it.',
    "9.1",
    _apply,
    quirks=(2,),
    fixed_scope={"event": "unsend"},
)
