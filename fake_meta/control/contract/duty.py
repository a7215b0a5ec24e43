"""Holding callers to the contract: a body or query is judged by the model that describes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import flask
from pydantic import BaseModel, ValidationError

from fake_meta.control.contract.rows import call_of
from fake_meta.control.requests import ACCOUNT, PLATFORM, json_object
from fake_meta.domain.errors import InvalidRequestError

PREFIX = "/_control"


def judge_call(rule: str) -> None:
    """Refuse with one sentence what the present call, of this rule, does not take."""
    call = call_of(flask.request.method, rule.removeprefix(PREFIX))
    if call is None:
        return
    apart: tuple[str, ...] = (ACCOUNT,) if call.is_about_a_company else ()
    if call.is_in_either_inbox:
        apart += (PLATFORM,)
    elif PLATFORM in flask.request.args:
        raise InvalidRequestError("this call takes no platform: it is about Instagram only")
    if call.body is not None:
        judge(call.body, _without(apart, json_object(None)), "key")
    if call.query is not None:
        judge(call.query, _without(apart, flask.request.args), "parameter")


def _without(apart: Collection[str], given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in given.items() if name not in apart}


def judge(model: type[BaseModel], given: Mapping[str, Any], what: str) -> None:
    """InvalidRequestError unless `given` fits `model`."""
    try:
        model.model_validate(given)
    except ValidationError as error:
        raise InvalidRequestError(_sentence(model, error, what)) from None


def _sentence(model: type[BaseModel], error: ValidationError, what: str) -> str:
    first = sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden")[0]
    name = ".".join(str(part) for part in first["loc"])
    known = ", ".join(sorted(model.model_fields)) or f"no {what}s"
    if first["type"] == "extra_forbidden":
        return f"unknown {what} {name!r}; this call takes {known}"
    if first["type"] == "missing":
        return f"the {what} {name!r} is missing; this call takes {known}"
    shown = repr(first["input"])[:80]
    return f"{name}: {first['msg'].lower()}, not {shown}"
