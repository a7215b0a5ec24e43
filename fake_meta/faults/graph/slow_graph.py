"""A Graph API that takes its time."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import graph_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import CallPlan, Values


def _apply(plan: CallPlan, values: Values) -> CallPlan:
    return replace(plan, delay_s=values["seconds"])


FAULT = graph_fault(
    "slow_graph",
    "The answer comes so many seconds (real time) after the call.",
    "7.2",
    _apply,
    parameters=(Parameter("seconds", "real seconds", 3.0, 0.001, 120),),
)
