"""The same event twice (meta-contract §2.7)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, values: Values) -> Parcel:
    return replace(parcel, copies=values["copies"])


FAULT = webhook_fault(
    "duplicate",
    "The event is delivered several times at once, each with the same mid and timestamp.",
    "2.7",
    _apply,
    parameters=(Parameter("copies", "how often it comes in all", 2, 2, 10),),
    quirks=(4,),
)
