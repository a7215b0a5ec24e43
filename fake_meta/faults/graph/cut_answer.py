"""An answer whose connection breaks."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import graph_fault
from fake_meta.faults.plans import CallPlan, Values


def _apply(plan: CallPlan, _values: Values) -> CallPlan:
    return replace(plan, is_cut=True)


FAULT = graph_fault(
    "cut_answer",
    "Meta does what was asked, and the connection ends in the middle of the answer; an item of a"
    " batch answers null, as when the batch ran out of time (§5.5).",
    "7.2",
    _apply,
    quirks=(27,),
)
