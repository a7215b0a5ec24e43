"""Statuses that a site has added to those of the console."""

from __future__ import annotations

from typing import Protocol

from system_under_test.domain.statuses import Status, find_status, routable_ids


class Statuses(Protocol):
    """Rows of added statuses."""

    def added(self) -> tuple[Status, ...]:
        """All of them in the order of their addition; removed ones are not selectable."""


class _HasStatuses(Protocol):
    @property
    def statuses(self) -> Statuses: ...


def every_status(records: _HasStatuses, own: tuple[Status, ...]) -> tuple[Status, ...]:
    """The console's own statuses, then those that the site has added."""
    return (*own, *records.statuses.added())


def find_any(records: _HasStatuses, own: tuple[Status, ...], status_id: str) -> Status | None:
    """The status of that id; the database is asked only for one that is not the console's own."""
    return find_status(own, status_id) or find_status(records.statuses.added(), status_id)


def receiving(records: _HasStatuses, own: tuple[Status, ...]) -> frozenset[str]:
    """Ids of all statuses in which conversations arrive (R1)."""
    return routable_ids(every_status(records, own))
