"""Which versions of the Graph API there are (meta-contract §1.3)."""

from __future__ import annotations

import re
from functools import lru_cache

CURRENT = (25, 0)
OLDEST_LIVING = (18, 0)
NEWEST = (26, 0)
_LAST_MINORS = {2: 12, 3: 3}
_VERSION = re.compile(r"v(\d{1,3})\.(\d{1,3})")


@lru_cache(64)
def served_version(segment: str) -> str | None:
    """The version that serves a call made with `segment`; None when it never existed.

    A retired version is served by the oldest that lives.
    """
    match = _VERSION.fullmatch(segment)
    if match is None:
        return None
    asked = (int(match[1]), int(match[2]))
    if not (2, 0) <= asked <= NEWEST or asked[1] > _LAST_MINORS.get(asked[0], 0):
        return None
    return written(max(asked, OLDEST_LIVING))


def looks_like_version(segment: str) -> bool:
    """The first part of a path that can only mean a version."""
    return segment[:1] == "v" and _VERSION.fullmatch(segment) is not None


def written(version: tuple[int, int]) -> str:
    """The version as it stands in a path."""
    return f"v{version[0]}.{version[1]}"
