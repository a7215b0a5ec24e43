"""What the control API promises: one row a call, from which the OpenAPI description is made."""

from __future__ import annotations

from fake_meta.control.contract.call import Call
from fake_meta.control.contract.description import openapi
from fake_meta.control.contract.duty import judge_call
from fake_meta.control.contract.rows import CALLS, call_of

__all__ = ["CALLS", "Call", "call_of", "judge_call", "openapi"]
