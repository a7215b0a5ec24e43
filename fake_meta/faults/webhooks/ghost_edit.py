"""A new message that comes as an edit (meta-contract §3.9, §12 row 9)."""

from __future__ import annotations

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    item, mid = parcel.event.item, parcel.event.mids[0]
    kept = {key: item[key] for key in ("recipient", "timestamp")}
    return parcel.with_item({**kept, "message_edit": {"mid": mid, "num_edit": 0}})


FAULT = webhook_fault(
    "ghost_edit",
    "A new message comes as message_edit with num_edit 0 and without sender; only reading the "
    "message by its mid tells what it says.",
    "3.9",
    _apply,
    quirks=(9,),
    fixed_scope={"event": "message"},
)
