"""ETags of reads: the same answer need not be sent twice (meta-contract §5.5)."""

from __future__ import annotations

import hashlib

_WEAK = "W/"


def tag_of(body: bytes) -> str:
    """The `ETag` of an answer, in quotes."""
    return f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'


def is_known(tag: str, if_none_match: str) -> bool:
    """The caller named this tag in `If-None-Match`, so the answer is 304."""
    named = (one.strip().removeprefix(_WEAK) for one in if_none_match.split(","))
    return any(one in (tag, "*") for one in named)
