"""Meta has trouble of its own (meta-contract §7.2)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import graph_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import CallPlan, Values


def _apply(plan: CallPlan, values: Values) -> CallPlan:
    return replace(plan, error=(int(values["code"]), None))


FAULT = graph_fault(
    "server_error",
    "The call is not made; the answer is HTTP 500 with code 2 (temporary) or 1 (unknown).",
    "7.2",
    _apply,
    parameters=(Parameter("code", "2 or 1", "2", words=("2", "1")),),
)
