"""A delivery without signature (meta-contract §2.4)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.domain.signature import Signing
from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    return replace(parcel, signing=Signing.MISSING)


FAULT = webhook_fault(
    "unsigned",
    "Both signature headers are missing; the app must refuse the delivery.",
    "2.4",
    _apply,
)
