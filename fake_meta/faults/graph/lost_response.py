"""A message that is sent although the answer is an error (§12 row 27)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import graph_fault
from fake_meta.faults.plans import CallPlan, Values


def _apply(plan: CallPlan, _values: Values) -> CallPlan:
    return replace(plan, error=(1, None), is_handled=True)


FAULT = graph_fault(
    "lost_response",
    "Meta does what was asked and answers HTTP 500 with code 1; who tries again sends twice.",
    "7.3",
    _apply,
    quirks=(27,),
)
