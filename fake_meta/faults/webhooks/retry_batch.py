"""A retry that takes others along (meta-contract §2.6)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, values: Values) -> Parcel:
    return replace(parcel, retried_with=values["size"])


FAULT = webhook_fault(
    "retry_batch",
    "An event that fails is tried again in one POST with everything else of its inbox that "
    "waits for a retry, newer events too.",
    "2.6",
    _apply,
    parameters=(Parameter("size", "events in one POST at most", 1000, 2, 1000),),
    quirks=(36,),
)
