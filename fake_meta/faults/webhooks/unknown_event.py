"""An event of a kind that the app never heard of (meta-contract §12)."""

from __future__ import annotations

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    kept = {key: parcel.event.item[key] for key in _ENVELOPE if key in parcel.event.item}
    return parcel.with_item({**kept, "message_context": {"origin": "inbox_suggestion"}})


_ENVELOPE = ("sender", "recipient", "timestamp")


FAULT = webhook_fault(
    "unknown_event",
    "In place of the event comes one of a kind that nobody subscribed to; it must be answered "
    "200, or Meta sends it again for ever.",
    "3.14",
    _apply,
    quirks=(30,),
)
