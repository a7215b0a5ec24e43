"""The `fields` parameter: what is asked of what there is (meta-contract §5.5).

A field of a node is a value, `...` for one that Meta knows but leaves out here, or a function that
is asked only when the field is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fake_meta.domain.field_syntax import Field, FieldSyntaxError, parse_fields
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api.call import GraphCall, listed


def selected(
    call: GraphCall, node: str, available: Mapping[str, Any], default: tuple[str, ...]
) -> dict[str, Any]:
    """The fields that the call asks for, and `id`; an unknown one fails."""
    return chosen(node, available, asked_of(call) or plain(default))


def asked_of(call: GraphCall) -> tuple[Field, ...]:
    """The parameter `fields` in any of its spellings; empty when it is absent or blank."""
    value = call.parameters.get("fields")
    if value is None:
        return ()
    try:
        if isinstance(value, str) and value[:1].isalpha():
            return parse_fields(value)
        return tuple(field for text in listed(value) for field in parse_fields(text))
    except FieldSyntaxError as error:
        raise GraphCallError(
            GraphError.FIELD_SYNTAX,
            detail=error.detail,
            position=str(error.position),
            rest=error.rest,
        ) from None


def plain(names: Sequence[str]) -> tuple[Field, ...]:
    """Fields without anything nested."""
    return tuple(Field(name) for name in names)


def chosen(node: str, available: Mapping[str, Any], asked: Sequence[Field]) -> dict[str, Any]:
    """`asked` of `available`, and `id` where the node has one."""
    shown: dict[str, Any] = {}
    for field in asked:
        if field.name not in available:
            raise GraphCallError(GraphError.NONEXISTING_FIELD, field=field.name, node=node)
        value = available[field.name]
        if callable(value):
            value = value(field)
        elif field.fields:
            value = _narrowed(f"{node}.{field.name}", value, field)
        if value is not ...:
            shown[field.name] = value
    if available.get("id", ...) is not ...:
        shown["id"] = available["id"]
    return shown


def _narrowed(node: str, value: Any, field: Field) -> Any:
    """What is nested in a plain value: of an object its keys, of a list each."""
    if isinstance(value, list):
        return [_narrowed(node, one, field) for one in value]
    if isinstance(value, dict) and set(value) == {"data"}:
        return {"data": _narrowed(node, value["data"], field)}
    if isinstance(value, dict):
        return chosen(node, value, field.fields)
    if value is None or value is ...:
        return value
    raise GraphCallError(GraphError.NONEXISTING_FIELD, field=field.fields[0].name, node=node)
