"""Any error of the table (meta-contract §7)."""

from __future__ import annotations

from dataclasses import replace

from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.graph_errors import ALL_ERRORS
from fake_meta.faults.fault import graph_fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import CallPlan, Values

_FIRST_ERROR = 400


def _check(values: Values) -> None:
    if 0 < values["status"] < _FIRST_ERROR:
        raise InvalidRequestError(
            f"status must be 0 or from {_FIRST_ERROR} to 599, not {values['status']}"
        )
    wished = (values["code"], values["subcode"] or None)
    known = {(error.value.code, error.value.subcode) for error in ALL_ERRORS}
    if wished not in known:
        same = sorted(str(sub or 0) for code, sub in known if code == wished[0])
        found = (
            f"code {wished[0]} has the subcodes {', '.join(same)}"
            if same
            else (
                "the codes are "
                + ", ".join(str(code) for code in sorted({code for code, _ in known}))
            )
        )
        raise InvalidRequestError(
            f"the error table has no code {wished[0]} with subcode {wished[1] or 0}; {found}"
        )


def _apply(plan: CallPlan, values: Values) -> CallPlan:
    return replace(
        plan,
        error=(values["code"], values["subcode"] or None),
        status=values["status"],
        retry_after_s=values["retry_after_s"],
    )


FAULT = graph_fault(
    "graph_error",
    "The call is not made; the answer is the error with this code and subcode (0: none).",
    "7",
    _apply,
    parameters=(
        Parameter("code", "of the error table", 10, 1, 99_999_999),
        Parameter("subcode", "of the error table, 0 for none", 2_534_022, 0, 99_999_999),
        Parameter("status", "of HTTP, 0 for that of the error table", 0, 0, 599),
        Parameter("retry_after_s", "the header Retry-After, 0 for none", 0, 0, 86_400),
    ),
    quirks=(20,),
    check=_check,
)
