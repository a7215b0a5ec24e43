"""An echo that comes long after the answer of the Send API (meta-contract §3.4)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, values: Values) -> Parcel:
    return replace(parcel, delay_ms=round(values["seconds"] * 1000))


FAULT = webhook_fault(
    "echo_late",
    "The echo of the app's own message comes so many seconds after the Send API's answer.",
    "3.4",
    _apply,
    parameters=(Parameter("seconds", "virtual seconds", 3.0, 0.001, 172_800),),
    quirks=(5,),
    fixed_scope={"event": "echo"},
)
