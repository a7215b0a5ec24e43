"""Errors on the wire: the envelope and the header that goes with it (meta-contract §7.1, §1.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fake_meta.domain.graph_errors import AnyError, GraphCallError

_UNFIT = re.compile(r"[^ -~]")
_LONGEST_HEADER = 500


def error_body(
    fault: GraphCallError, trace_id: str, texts: Mapping[AnyError, str] | None = None
) -> dict[str, Any]:
    """The envelope of meta-contract §7.1; `texts` are messages in another language."""
    row = fault.row
    localized = (texts or {}).get(fault.error)
    message = fault.message if localized is None else localized.format(**fault.gaps)
    error: dict[str, Any] = {"message": message, "type": row.type, "code": row.code}
    if row.subcode is not None:
        error["error_subcode"] = row.subcode
    if row.transient:
        error["is_transient"] = True
    if row.title is not None:
        error |= {"error_user_title": row.title, "error_user_msg": row.told}
    error["fbtrace_id"] = trace_id
    return {"error": error}


def authenticate_header(fault: GraphCallError) -> str:
    """The `WWW-Authenticate` header that goes with an error (meta-contract §1.3).

    Messages quote what callers wrote; a header holds only printable ASCII, and not without end.
    """
    word = "invalid_token" if fault.row.code == 190 else "invalid_request"
    quoted = _UNFIT.sub("?", fault.message.replace('"', "'"))[:_LONGEST_HEADER]
    return f'OAuth "Facebook Platform" "{word}" "{quoted}"'
