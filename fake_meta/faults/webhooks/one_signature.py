"""A delivery with one signature header of the two (meta-contract §2.3, §2.4)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.domain.signature import Signing
from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import Parcel, Values

_SIGNING = {"sha256": Signing.SHA256_ONLY, "sha1": Signing.SHA1_ONLY}


def _apply(parcel: Parcel, values: Values) -> Parcel:
    return replace(parcel, signing=_SIGNING[values["kept"]])


FAULT = webhook_fault(
    "one_signature",
    "Only one of X-Hub-Signature-256 and X-Hub-Signature is sent, and it is right: with sha256 the "
    "app must take the delivery. The next attempt has both.",
    "2.4",
    _apply,
    parameters=(Parameter("kept", "which of the two is sent", "sha256", words=("sha256", "sha1")),),
    quirks=(14,),
)
