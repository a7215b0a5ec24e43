"""The `fields` parameter: what is asked of what there is (meta-contract §5.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api.call import GraphCall


def selected(
    call: GraphCall, node: str, available: Mapping[str, Any], default: tuple[str, ...]
) -> dict[str, Any]:
    """The asked fields and `id`; `...` marks a field that is absent, an unknown one fails."""
    asked = call.names("fields") or default
    for name in asked:
        if name not in available:
            raise GraphCallError(GraphError.NONEXISTING_FIELD, field=name, node=node)
    chosen = {name: available[name] for name in asked if available[name] is not ...}
    chosen["id"] = available["id"]
    return chosen
