"""A message that is sent although the answer is an error (§12 row 27)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.faults.fault import graph_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import CallPlan, Values

_ANSWERS: dict[str, tuple[int, int | None]] = {"1": (1, None), "1/1357046": (1, 1357046)}


def _apply(plan: CallPlan, values: Values) -> CallPlan:
    return replace(plan, error=_ANSWERS[values["answer"]], is_handled=True)


FAULT = graph_fault(
    "lost_response",
    "Meta does what was asked and answers code 1, with HTTP 500, or 1/1357046 (`Received invalid"
    " JSON reply.`) with 400; who tries again sends twice.",
    "7.3",
    _apply,
    parameters=(Parameter("answer", "1 or 1/1357046", "1", words=("1", "1/1357046")),),
    quirks=(27,),
)
