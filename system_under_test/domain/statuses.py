"""An agent's statuses and whether conversations arrive in them (contact-centre R1, R11)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """One entry of the STATUS menu; without a `label` the catalogue has it as `status.<id>`.

    One that is not selectable is shown, not offered: the console alone sets it, or it was removed.
    """

    id: str
    routable: bool
    selectable: bool = True
    label: str = ""


STATUSES: tuple[Status, ...] = (
    Status("not_ready", routable=False),
    Status("operating", routable=True),
    Status("ready", routable=True),
    Status("pause_meal", routable=False),
    Status("pause_rest", routable=False),
    Status("pause_other", routable=False),
    Status("not_answering", routable=False, selectable=False),
)

FIRST_STATUS = "not_ready"
NOT_ANSWERING = "not_answering"  # whoever lets an offer pass (contact-centre R6)


def find_status(statuses: tuple[Status, ...], status_id: str) -> Status | None:
    """The status of that id, None when the table has none."""
    return next((status for status in statuses if status.id == status_id), None)


def routable_ids(statuses: tuple[Status, ...]) -> frozenset[str]:
    """Ids of the statuses in which an agent receives conversations."""
    return frozenset(status.id for status in statuses if status.routable)
