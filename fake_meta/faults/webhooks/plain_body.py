"""A body without Meta's escapes (meta-contract §2.4)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    return replace(parcel, is_plain=True)


FAULT = webhook_fault(
    "plain_body",
    "The body is UTF-8 with plain slashes, and signed as it is: an app that checks the bytes that "
    "came takes it, one that writes them anew with Meta's escapes does not.",
    "2.4",
    _apply,
    quirks=(13,),
)
