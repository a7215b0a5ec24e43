"""An echo that comes before the answer of the Send API (meta-contract §3.4)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import graph_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import CallPlan, Values


def _apply(plan: CallPlan, values: Values) -> CallPlan:
    return replace(plan, awaits_echo_s=values["within_s"])


FAULT = graph_fault(
    "echo_first",
    "The Send API answers only when the echo is delivered, or after so many seconds.",
    "3.4",
    _apply,
    parameters=(Parameter("within_s", "longest wait in real seconds", 5.0, 0.1, 60),),
    quirks=(5,),
    fixed_scope={"call": "send"},
)
