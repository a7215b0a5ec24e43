"""Every fault there is (meta-contract §12)."""

from __future__ import annotations

from collections.abc import Mapping

from fake_meta.domain.errors import InvalidRequestError
from fake_meta.faults.cdn import missing_media, slow_media
from fake_meta.faults.fault import Fault
from fake_meta.faults.graph import (
    cut_answer,
    echo_first,
    expired_token,
    graph_error,
    lost_response,
    server_error,
    slow_graph,
)
from fake_meta.faults.webhooks import (
    bare_unsupported,
    batch,
    concurrent,
    delay,
    drop,
    duplicate,
    echo_late,
    extra_fields,
    ghost_edit,
    one_signature,
    other_app_signature,
    oversize,
    plain_body,
    reorder,
    retry_batch,
    story_without_url,
    truncated_body,
    unknown_event,
    unsend_as_text,
    unsigned,
    wrong_signature,
)

CATALOGUE: tuple[Fault, ...] = tuple(
    module.FAULT
    for module in (
        duplicate,
        delay,
        reorder,
        concurrent,
        drop,
        batch,
        retry_batch,
        oversize,
        wrong_signature,
        unsigned,
        other_app_signature,
        one_signature,
        plain_body,
        truncated_body,
        extra_fields,
        unknown_event,
        ghost_edit,
        unsend_as_text,
        bare_unsupported,
        story_without_url,
        echo_late,
        echo_first,
        slow_graph,
        server_error,
        graph_error,
        expired_token,
        lost_response,
        cut_answer,
        missing_media,
        slow_media,
    )
)
_BY_NAME: Mapping[str, Fault] = {fault.name: fault for fault in CATALOGUE}


def fault_named(name: object) -> Fault:
    """The row of that name, or a sentence with all names."""
    fault = _BY_NAME.get(name) if isinstance(name, str) else None
    if fault is None:
        raise InvalidRequestError(f"name must be one of {', '.join(_BY_NAME)}, not {name!r}")
    return fault
