"""A body that ends too early (meta-contract §2.3)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.domain.signature import Signing
from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, values: Values) -> Parcel:
    signing = Signing.VALID if values["signature"] == "rest" else Signing.WHOLE_BODY
    return replace(parcel, kept_share=values["share"], signing=signing)


FAULT = webhook_fault(
    "truncated_body",
    "Only the beginning of the body arrives: signed as it is (broken JSON under a good signature) "
    "or as it was meant (which no signature check lets pass).",
    "2.3",
    _apply,
    parameters=(
        Parameter("share", "how much of the body is sent", 0.5, 0.0, 0.99),
        Parameter("signature", "of which bytes", "whole", words=("whole", "rest")),
    ),
)
