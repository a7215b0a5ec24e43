"""The OpenAPI 3.1 description, made of the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from fake_meta.control.contract.call import Call
from fake_meta.control.requests import ACCOUNT, PLATFORM
from fake_meta.domain.platforms import Platform

Json = dict[str, Any]
_PART = re.compile(r"<(?:(\w+):)?([^>]+)>")
_PATH_SCHEMAS: dict[str, Json] = {
    "": {"type": "string", "minLength": 1},
    "int": {"type": "integer", "minimum": 0},
}
_REF = "#/components/schemas/{model}"
_ERRORS = {
    "400": "What was asked makes no sense",
    "401": "The control token is missing or wrong",
    "403": "From another site's page, or under a name that is not this machine's",
    "404": "There is no such thing",
    "409": "Not now",
    "413": "The body is too large",
}
_ABOUT = """\
What testers wish Meta had: be a customer, read every exchange, let time pass, switch faults on. \
Errors are one sentence: what is guilty, what was expected, what came, what to do."""


class Refusal(BaseModel):
    """Why it was refused, in one sentence."""

    error: str


def openapi(calls: Sequence[Call], version: str) -> Json:
    """The description of `calls`."""
    schemas = _schemas(calls)
    paths: dict[str, Json] = {}
    for call in calls:
        path = "/_control" + _PART.sub(r"{\2}", call.path)
        paths.setdefault(path, {})[call.method.lower()] = _operation(call, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "fake_meta: control API", "version": version, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "security": [{}, {"controlToken": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["definitions"],
            "securitySchemes": {"controlToken": {"type": "http", "scheme": "bearer"}},
        },
    }


def operation_id(call: Call) -> str:
    """`post_customers_username_messages`."""
    return re.sub(r"\W+", "_", f"{call.method.lower()}{call.path}").strip("_")


def _schemas(calls: Sequence[Call]) -> Json:
    asked = {one: "validation" for call in calls for one in (call.body, call.query) if one}
    told: dict[type[BaseModel], str] = {call.answer: "serialization" for call in calls}
    named: Any = [*asked.items(), *told.items(), (Refusal, "serialization")]
    refs, definitions = models_json_schema(named, ref_template=_REF)
    return {
        "asked": {one: refs[(one, "validation")] for one in asked},
        "told": {one: refs[(one, "serialization")] for one in told},
        "definitions": _undefaulted(definitions["$defs"]),
    }


def _undefaulted(schema: Any) -> Any:
    """Without the nulls that only say that a key may be absent."""
    if isinstance(schema, dict):
        return {
            key: _undefaulted(value)
            for key, value in schema.items()
            if not (key == "default" and value is None)
        }
    return [_undefaulted(one) for one in schema] if isinstance(schema, list) else schema


def _operation(call: Call, schemas: Json) -> Json:
    operation: Json = {
        "operationId": operation_id(call),
        "summary": call.summary,
        "tags": [call.path.split("/")[1]],
        "parameters": [
            *_path_parameters(call),
            *_query_parameters(call),
            *_company_parameter(call),
        ],
        "responses": {
            str(call.status): {
                "description": (call.answer.__doc__ or call.summary).strip(),
                "content": {call.emits: {"schema": schemas["told"][call.answer]}},
            },
            **{code: _refusal(text) for code, text in _ERRORS.items()},
        },
    }
    if call.body is not None:
        content: Json = {"schema": schemas["asked"][call.body]}
        if call.example is not None:
            content["example"] = call.example
        operation["requestBody"] = {"content": {"application/json": content}}
    return operation


def _refusal(text: str) -> Json:
    schema = {"$ref": "#/components/schemas/Refusal"}
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _path_parameters(call: Call) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": _PATH_SCHEMAS[kind]}
        for kind, name in _PART.findall(call.path)
    ]


def _company_parameter(call: Call) -> list[Json]:
    if not call.is_about_a_company:
        return []
    about = "Username of the company's account, by default the first; also a key of the body."
    where = {"name": ACCOUNT, "in": "query", "required": False, "description": about}
    company = {**where, "schema": {"type": "string"}}
    if not call.is_in_either_inbox:
        return [company]
    which = "Which inbox of the company, by default Instagram's; also a key of the body."
    schema = {"type": "string", "enum": [str(one) for one in Platform]}
    return [company, {**where, "name": PLATFORM, "description": which, "schema": schema}]


def _query_parameters(call: Call) -> list[Json]:
    if call.query is None:
        return []
    schema = _undefaulted(TypeAdapter(call.query).json_schema())
    return [
        {"name": name, "in": "query", "required": False, "schema": one}
        for name, one in schema["properties"].items()
    ]
