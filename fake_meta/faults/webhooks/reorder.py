"""Two events change places (meta-contract §2.7)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, values: Values) -> Parcel:
    return replace(parcel, waits_ms=round(values["within_s"] * 1000))


FAULT = webhook_fault(
    "reorder",
    "The event is held back until the next one of its thread is out, or for so many seconds; so "
    "a reaction, a read receipt or an unsend may come before its message.",
    "2.7",
    _apply,
    parameters=(Parameter("within_s", "longest wait in virtual seconds", 30.0, 0.1, 172_800),),
    quirks=(7, 25),
)
