"""A delivery that somebody else signed (meta-contract §2.4)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.domain.signature import Signing
from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    return replace(parcel, signing=Signing.WRONG)


FAULT = webhook_fault(
    "wrong_signature",
    "Both signatures are made with another secret; the app must refuse the delivery. The next "
    "attempt is right.",
    "2.4",
    _apply,
)
