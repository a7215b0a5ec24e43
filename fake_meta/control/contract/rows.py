"""Every call of the control API; a route that has no row here fails a test."""

from __future__ import annotations

from functools import lru_cache

from fake_meta.control.contract import (
    company,
    logins,
    messenger,
    people,
    reviews,
    snapshots,
    whole,
    wire,
)
from fake_meta.control.contract.call import Call

CALLS: tuple[Call, ...] = (
    *whole.CALLS,
    *company.CALLS,
    *people.CALLS,
    *wire.CALLS,
    *messenger.CALLS,
    *logins.CALLS,
    *reviews.CALLS,
    *snapshots.CALLS,
)


@lru_cache(maxsize=1)
def _by_name() -> dict[tuple[str, str], Call]:
    return {(one.method, one.path): one for one in CALLS}


def call_of(method: str, path: str) -> Call | None:
    """The row of a route, `path` below /_control; None when nobody wrote one."""
    return _by_name().get((method, path))
