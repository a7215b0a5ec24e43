"""Several events in one POST (meta-contract §2.7, §3.1)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, values: Values) -> Parcel:
    return replace(
        parcel,
        batch_of=values["size"],
        batch_within_ms=round(values["within_s"] * 1000),
        entries_apart=values["form"] == "entries",
    )


FAULT = webhook_fault(
    "batch",
    "Events wait for each other and come in one POST: all in one entry, or an entry each.",
    "2.7",
    _apply,
    parameters=(
        Parameter("size", "events in one POST", 3, 2, 1000),
        Parameter("within_s", "longest wait in virtual seconds", 2.0, 0.1, 3600),
        Parameter("form", "where they stand", "items", words=("items", "entries")),
    ),
    quirks=(36,),
)
