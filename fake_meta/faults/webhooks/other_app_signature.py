"""A delivery signed for the other flavour (meta-contract §2.4)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.domain.signature import Signing
from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    return replace(parcel, signing=Signing.OTHER_APP)


FAULT = webhook_fault(
    "other_app_signature",
    "The delivery is signed with the secret of the app's other flavour of login.",
    "2.4",
    _apply,
    quirks=(15,),
)
