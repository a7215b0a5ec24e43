"""The description of the control API, for programs and for people."""

from __future__ import annotations

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json

VERSION = "1"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The routes /openapi.json and /docs."""
    assert parts

    @blueprint.get("/openapi.json")
    def describe() -> Json:
        return _openapi()

    @blueprint.get("/docs")
    def read() -> flask.Response:
        page = flask.Response(flask.render_template("control_api.html", api=_readable()))
        page.headers["Content-Security-Policy"] = _POLICY
        return page


def _openapi() -> Json:
    """Made of models that take longer to load than everything else: only when somebody asks."""
    from fake_meta.control.contract import CALLS, openapi

    return openapi(CALLS, VERSION)


def _readable() -> Json:
    """The same description, with every reference followed once."""
    api = _openapi()
    schemas = api["components"]["schemas"]
    rows = [
        {
            "method": method.upper(),
            "path": path,
            "summary": one["summary"],
            "tag": one["tags"][0],
            "id": one["operationId"],
            "query": [
                (part["name"], _kind(part["schema"]), "")
                for part in one["parameters"]
                if part["in"] == "query"
            ],
            "body": _fields(one.get("requestBody"), schemas),
            "answers": [
                (code, answer["description"], _fields(answer, schemas))
                for code, answer in one["responses"].items()
                if code < "400"
            ],
        }
        for path, operations in api["paths"].items()
        for method, one in operations.items()
    ]
    return {"rows": rows, "about": api["info"]["description"]}


def _fields(holder: Json | None, schemas: Json) -> list[tuple[str, str, str]]:
    content = (holder or {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    schema = schemas.get(name, {})
    needed = schema.get("required", ())
    return [
        (field, _kind(one), "required" if field in needed else "")
        for field, one in schema.get("properties", {}).items()
    ]


def _kind(schema: Json) -> str:
    """A type in words."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("type", "anything"))
