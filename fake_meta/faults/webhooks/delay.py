"""An event that comes late, so that later ones overtake it (meta-contract §2.7)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, values: Values) -> Parcel:
    return replace(parcel, delay_ms=round(values["seconds"] * 1000))


FAULT = webhook_fault(
    "delay",
    "The event is delivered so many seconds later (virtual time); events after it do not wait.",
    "2.7",
    _apply,
    parameters=(Parameter("seconds", "virtual seconds", 5.0, 0.001, 172_800),),
    quirks=(7,),
)
