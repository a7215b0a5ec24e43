"""A body that is larger than receivers expect (meta-contract §2.7, §12 row 16)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, values: Values) -> Parcel:
    return replace(parcel, padded_to=values["bytes"])


FAULT = webhook_fault(
    "oversize",
    "The POST is as large as Meta's largest batches: read receipts of strangers fill it up.",
    "2.7",
    _apply,
    parameters=(Parameter("bytes", "least size of the body", 300_000, 1000, 5_000_000),),
    quirks=(16,),
)
